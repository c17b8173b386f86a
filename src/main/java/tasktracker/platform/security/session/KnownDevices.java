package tasktracker.platform.security.session;

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
import tasktracker.platform.security.Secrets;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.security.request.Cookies;

/**
 * The browsers in which an account has signed in before, recognized by a cookie (OWASP: "Slow Down Online Guessing Attacks
 * with Device Cookies"). The cookie grants no access; failed sign-ins of such a browser are only counted separately. It has
 * a random token for each of the last accounts, and the database stores their SHA-256.
 */
@ApplicationScoped
public class KnownDevices {

  public static final String COOKIE = "tt_device";
  /** A browser is forgotten after this time without a sign-in. */
  public static final Duration MAX_AGE = Duration.ofDays(365);
  static final int MAX_PER_ACCOUNT = 20;
  static final int MAX_PER_BROWSER = 4;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int MAX_COOKIE_LENGTH = MAX_PER_BROWSER * 44;

  private final Database database;
  private final Audit audit;

  @Inject
  public KnownDevices(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** The value of the device cookie, or an empty string. */
  public static String cookie(HttpServletRequest request) {
    return Cookies.read(request, COOKIE).orElse("");
  }

  /**
   * Finds the known device of an account.
   *
   * @param cookie the device cookie, or an empty string
   * @param name normalized sign-in name
   */
  public Optional<UUID> find(String cookie, String name) {
    List<String> hashes = tokens(cookie).map(KnownDevices::hash).toList();
    return hashes.isEmpty()
        ? Optional.empty()
        : database.ask(h -> h.createQuery("""
            select d.id from known_device d join account a on a.id = d.account_id
             where a.name = :name and encode(d.token_hash, 'hex') = any(:hashes)
               and d.used_at > now() - :life * interval '1 second'
             limit 1""")
            .bind("name", name).bindArray("hashes", String.class, hashes).bind("life", MAX_AGE.toSeconds())
            .mapTo(UUID.class).findOne());
  }

  private static Stream<String> tokens(String cookie) {
    return cookie.length() > MAX_COOKIE_LENGTH
        ? Stream.of()
        : Arrays.stream(cookie.split("\\.")).filter(token -> TOKEN.matcher(token).matches());
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(Secrets.hash(token));
  }

  /**
   * Registers the browser as a known device, and deletes the least recently used devices above the limit.
   *
   * @param device the device, when it is known already
   * @return the new value of the device cookie
   */
  @Transactional
  public String register(UUID account, String cookie, Optional<UUID> device) {
    if (device.isPresent() && updateUsedAt(device.get())) {
      return cookie;
    }
    String token = Secrets.random();
    database.run(h -> h.createUpdate("insert into known_device (id, token_hash, account_id) values (:id, :hash, :account)")
        .bind("id", Ids.next()).bind("hash", Secrets.hash(token)).bind("account", account).execute());
    auditDeleted(account, deleteOldest(account), "too_many");
    return Stream.concat(Stream.of(token), tokens(cookie)).limit(MAX_PER_BROWSER).collect(Collectors.joining("."));
  }

  private boolean updateUsedAt(UUID device) {
    return database.ask(h -> h.createUpdate("update known_device set used_at = now() where id = ?").bind(0, device).execute()) == 1;
  }

  private int deleteOldest(UUID account) {
    return database.ask(h -> h.createUpdate("""
            delete from known_device where id in (
              select id from known_device where account_id = :account order by used_at desc, id desc offset :most)""")
        .bind("account", account).bind("most", MAX_PER_ACCOUNT).execute());
  }

  /** Deletes all known devices of an account after its password was changed. */
  @Transactional
  public void deleteAll(UUID account) {
    auditDeleted(account, database.ask(h -> h.createUpdate("delete from known_device where account_id = ?")
        .bind(0, account).execute()), "password_changed");
  }

  private void auditDeleted(UUID account, int devices, String reason) {
    if (devices > 0) {
      audit.record("device.forgotten", "account", account, Map.of("devices", devices, "reason", reason));
    }
  }
}
