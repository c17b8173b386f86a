package tasktracker.scoring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import tasktracker.scoring.model.Calibration;

/** A cache of the calibrations of all chats. */
@ApplicationScoped
public class ChatCalibrations {

  private static final Duration TTL = Duration.ofMinutes(10);
  /** A chat has too few messages at the beginning of an import, so this result expires soon. */
  private static final Duration SMALL_CHAT_TTL = Duration.ofSeconds(20);

  private final Cache<UUID, Calibration> calibrated = Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(TTL).build();
  private final Cache<UUID, Calibration> uncalibrated = Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(SMALL_CHAT_TTL).build();
  private final ScoreStore store;

  @Inject
  public ChatCalibrations(ScoreStore store) {
    this.store = store;
  }

  /** The calibration of the chat; {@link Calibration#NONE} while the chat has too few messages. */
  public Calibration get(UUID chat) {
    Calibration cached = calibrated.getIfPresent(chat);
    if (cached == null) {
      cached = uncalibrated.getIfPresent(chat);
    }
    return cached == null ? compute(chat) : cached;
  }

  private Calibration compute(UUID chat) {
    Calibration now = store.computeCalibration(chat);
    (now == Calibration.NONE ? uncalibrated : calibrated).put(chat, now);
    return now;
  }
}
