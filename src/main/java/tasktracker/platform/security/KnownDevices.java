package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/**
 * The browsers in which somebody has signed in before, known by a cookie (OWASP: "Slow Down Online Guessing Attacks
 * with Device Cookies"). It opens nothing; it only lets tries of that browser be counted by themselves. The cookie has a
 * random token for each of the last accounts; the database has their SHA-256 alone.
 */
@ApplicationScoped
public class KnownDevices {

  static final String COOKIE = "tt_device";
  /** How long a browser stays known without a sign-in. */
  static final Duration LIFE = Duration.ofDays(365);
  static final int MOST_OF_ACCOUNT = 20;
  static final int MOST_IN_BROWSER = 4;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int LONGEST_COOKIE = MOST_IN_BROWSER * 44;

  private final Database database;
  private final Audit audit;

  @SuppressWarnings("NullAway")
  protected KnownDevices() {
    this(null, null); // for the container's proxy
  }

  @Inject
  public KnownDevices(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** What a browser sent to be known by, or an empty text. */
  static String cookie(HttpServletRequest request) {
    return Cookies.read(request, COOKIE).orElse("");
  }

  /**
   * The browser, if the account knows it.
   *
   * @param cookie what the browser sent, or an empty text
   * @param name sign-in name as it is looked up
   */
  protected Optional<UUID> find(String cookie, String name) {
    List<String> hashes = tokens(cookie).map(KnownDevices::hash).toList();
    return hashes.isEmpty() ? Optional.empty() : database.ask(h -> h.createQuery("""
            select d.id from known_device d join account a on a.id = d.account_id
             where a.name = :name and encode(d.token_hash, 'hex') = any(:hashes)
               and d.used_at > now() - :life * interval '1 second'
             limit 1""")
        .bind("name", name).bindArray("hashes", String.class, hashes).bind("life", LIFE.toSeconds())
        .mapTo(UUID.class).findOne());
  }

  private static Stream<String> tokens(String cookie) {
    return cookie.length() > LONGEST_COOKIE ? Stream.of()
        : Arrays.stream(cookie.split("\\.")).filter(token -> TOKEN.matcher(token).matches());
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(Secrets.hash(token));
  }

  /**
   * Lets the account know the browser from now on, and forgets those it has not seen for longest when they are too many.
   *
   * @param device the browser, when the account knows it already
   * @return what its cookie is to be
   */
  @Transactional
  protected String remember(UUID account, String cookie, Optional<UUID> device) {
    if (device.isPresent() && touch(device.get())) {
      return cookie;
    }
    String token = Secrets.random();
    database.run(h -> h.createUpdate("insert into known_device (id, token_hash, account_id) values (:id, :hash, :account)")
        .bind("id", Ids.next()).bind("hash", Secrets.hash(token)).bind("account", account).execute());
    noteForgotten(account, forgetOldest(account), "too_many");
    return Stream.concat(Stream.of(token), tokens(cookie)).limit(MOST_IN_BROWSER).collect(Collectors.joining("."));
  }

  private boolean touch(UUID device) {
    return database.ask(h -> h.createUpdate("update known_device set used_at = now() where id = ?").bind(0, device).execute()) == 1;
  }

  private int forgetOldest(UUID account) {
    return database.ask(h -> h.createUpdate("""
            delete from known_device where id in (
              select id from known_device where account_id = :account order by used_at desc, id desc offset :most)""")
        .bind("account", account).bind("most", MOST_OF_ACCOUNT).execute());
  }

  /** Lets an account know no browser any more: its password is another one now. */
  @Transactional
  protected void forgetAll(UUID account) {
    noteForgotten(account, database.ask(h -> h.createUpdate("delete from known_device where account_id = ?")
        .bind(0, account).execute()), "password_changed");
  }

  private void noteForgotten(UUID account, int devices, String reason) {
    if (devices > 0) {
      audit.record("device.forgotten", "account", account, Map.of("devices", devices, "reason", reason));
    }
  }
}
