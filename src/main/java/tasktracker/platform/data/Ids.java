package tasktracker.platform.data;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Generates primary keys: UUIDv7 (RFC 9562), which sort by creation time. */
public final class Ids {

  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  private Ids() {}

  /** A new key, greater than every key that this process generated before. */
  public static UUID next() {
    return GENERATOR.generate();
  }
}
