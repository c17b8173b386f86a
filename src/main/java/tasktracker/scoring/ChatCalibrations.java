package tasktracker.scoring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is ordinary in each chat, measured now and then. */
@ApplicationScoped
public class ChatCalibrations {

  private static final Duration MEASURED_FOR = Duration.ofMinutes(10);
  /** A chat that is being imported has too few messages at first; look again soon. */
  private static final Duration LOOKED_FOR = Duration.ofSeconds(20);

  private final Cache<UUID, Calibration> measured = Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(MEASURED_FOR).build();
  private final Cache<UUID, Calibration> small = Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(LOOKED_FOR).build();
  private @Nullable ScoreStore store;

  protected ChatCalibrations() {}

  @Inject
  public ChatCalibrations(ScoreStore store) {
    this.store = store;
  }

  /** How the talk of the chat is spread; {@link Calibration#NONE} while it has too few messages. */
  public Calibration calibration(UUID chat) {
    Calibration known = measured.getIfPresent(chat);
    if (known == null) {
      known = small.getIfPresent(chat);
    }
    return known == null ? measure(chat) : known;
  }

  private Calibration measure(UUID chat) {
    Calibration now = store.calibration(chat);
    (now == Calibration.NONE ? small : measured).put(chat, now);
    return now;
  }
}
