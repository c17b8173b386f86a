package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.security.Secrets;

/**
 * What Telegram must say in its header. An operator may set it; else one is made at each registration, told to
 * Telegram, and kept as a hash alone. The ones before it hold ten minutes more, for what is on its way.
 */
@ApplicationScoped
public class WebhookSecrets {

  private static final Duration OVERLAP = Duration.ofMinutes(10);
  private static final long FRESH_NS = Duration.ofSeconds(1).toNanos();

  private record Known(List<byte[]> hashes, long atNs) {}

  private @Nullable TelegramConfig config;
  private @Nullable Database database;
  private volatile @Nullable Known known;

  protected WebhookSecrets() {}

  @Inject
  public WebhookSecrets(TelegramConfig config, Database database) {
    this.config = config;
    this.database = database;
  }

  /** False when nobody could say the right thing, because there is none yet. */
  boolean areSet() {
    return config.webhookSecret().isPresent() || !made().isEmpty();
  }

  boolean admit(@Nullable String given) {
    if (given == null) {
      return false;
    }
    byte[] hash = Secrets.hash(given);
    return Secrets.same(given, config.webhookSecret().orElse(null))
        || made().stream().filter(right -> MessageDigest.isEqual(right, hash)).count() > 0;
  }

  /** At most one look into the database a second, however often strangers knock. */
  private List<byte[]> made() {
    Known present = known;
    if (present == null || System.nanoTime() - present.atNs() > FRESH_NS) {
      present = new Known(database.ask(sql -> sql.createQuery(
          "select hash from telegram_secret where valid_until is null or valid_until > now()").mapTo(byte[].class).list()),
          System.nanoTime());
      known = present;
    }
    return present.hashes();
  }

  /** The secret for a registration; it holds from now on, because Telegram may use it before it has answered us. */
  String next() {
    return config.webhookSecret().orElseGet(() -> {
      String secret = Secrets.random();
      database.run(sql -> sql.createUpdate("insert into telegram_secret (hash) values (:hash)")
          .bind("hash", Secrets.hash(secret)).execute());
      known = null;
      return secret;
    });
  }

  /** Telegram has taken this one: the others run out. */
  void taken(String secret) {
    database.run(sql -> {
      sql.execute("delete from telegram_secret where valid_until < now()");
      sql.createUpdate("""
              update telegram_secret set valid_until = now() + :overlap * interval '1 second'
               where hash <> :hash and valid_until is null""")
          .bind("overlap", OVERLAP.toSeconds()).bind("hash", Secrets.hash(secret)).execute();
    });
  }

  /** Telegram has refused, so it does not know this one. */
  void refused(String secret) {
    database.run(sql -> sql.createUpdate("delete from telegram_secret where hash = :hash")
        .bind("hash", Secrets.hash(secret)).execute());
    known = null;
  }
}
