package tasktracker.platform.data;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Makes the keys of our rows: UUIDv7 (RFC 9562), which sort by the time they were made. */
public final class Ids {

  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  private Ids() {}

  /** A new key, greater than every key this process made before. */
  public static UUID next() {
    return GENERATOR.generate();
  }
}
