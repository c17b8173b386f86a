package tasktracker.source.telegram.update;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.security.Secrets;
import tasktracker.source.telegram.TelegramConfig;

/**
 * The secrets that Telegram must send in its header. The operator can set one; otherwise each registration creates a
 * secret, sends it to Telegram and stores only its hash. Former secrets stay valid for ten minutes, for updates in
 * transit.
 */
@ApplicationScoped
public class WebhookSecrets {

  private static final Duration GRACE_PERIOD = Duration.ofMinutes(10);
  private static final long CACHE_NS = Duration.ofSeconds(1).toNanos();

  private record CachedHashes(List<byte[]> hashes, long atNs) {}

  private final TelegramConfig config;
  private final Database database;
  private volatile @Nullable CachedHashes cached;

  @Inject
  public WebhookSecrets(TelegramConfig config, Database database) {
    this.config = config;
    this.database = database;
  }

  /** Whether any secret exists; without one no request can be valid. */
  boolean areSet() {
    return config.webhookSecret().isPresent() || !validHashes().isEmpty();
  }

  boolean isValid(@Nullable String given) {
    if (given == null) {
      return false;
    }
    byte[] hash = Secrets.hash(given);
    return Secrets.same(given, config.webhookSecret().orElse(null))
        || validHashes().stream().filter(right -> MessageDigest.isEqual(right, hash)).count() > 0;
  }

  /** Reads the database at most once a second, however many requests arrive. */
  private List<byte[]> validHashes() {
    CachedHashes current = cached;
    if (current == null || System.nanoTime() - current.atNs() > CACHE_NS) {
      current = new CachedHashes(database.ask(sql -> sql.createQuery(
          "select hash from telegram_secret where valid_until is null or valid_until > now()").mapTo(byte[].class).list()),
          System.nanoTime());
      cached = current;
    }
    return current.hashes();
  }

  /** Creates the secret for a registration. It is valid immediately, because Telegram may use it before it responds. */
  public String create() {
    return config.webhookSecret().orElseGet(() -> {
      String secret = Secrets.random();
      database.run(sql -> sql.createUpdate("insert into telegram_secret (hash) values (:hash)")
          .bind("hash", Secrets.hash(secret)).execute());
      cached = null;
      return secret;
    });
  }

  /** Telegram accepted the secret: the former secrets expire. */
  public void confirm(String secret) {
    database.run(sql -> {
      sql.execute("delete from telegram_secret where valid_until < now()");
      sql.createUpdate("""
              update telegram_secret set valid_until = now() + :overlap * interval '1 second'
               where hash <> :hash and valid_until is null""")
          .bind("overlap", GRACE_PERIOD.toSeconds()).bind("hash", Secrets.hash(secret)).execute();
    });
  }

  /** Telegram rejected the registration: the secret is deleted. */
  public void revoke(String secret) {
    database.run(sql -> sql.createUpdate("delete from telegram_secret where hash = :hash")
        .bind("hash", Secrets.hash(secret)).execute());
    cached = null;
  }
}
