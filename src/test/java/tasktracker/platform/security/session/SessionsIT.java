package tasktracker.platform.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.OpenTransaction;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.Secrets;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.access.Callers;
import tasktracker.platform.security.access.CredentialLookups;
import tasktracker.platform.security.access.Credentials;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.security.audit.AuditTrail;
import tasktracker.platform.security.token.ApiTokens;
import tasktracker.platform.web.DefaultTimeZone;
import tasktracker.platform.web.problem.Problem;

/** Sessions, tokens, known devices and the audit log in a real database, on two nodes. */
class SessionsIT {

  private static TestDatabase schema;
  private static Database database;

  private final Map<String, String> settings = new HashMap<>();
  private final SecurityConfig config = new SecurityConfig(name -> Optional.ofNullable(settings.get(name)));
  private final Identity identity = new Identity();
  private Callers callers;
  private Sessions sessions;
  private Audit audit;
  private UUID olena;

  @BeforeAll
  static void prepare() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void clean() {
    schema.close();
  }

  @BeforeEach
  void createAccount() {
    callers = new Callers(database, config, new CredentialLookups(new RateLimits(config)), new DefaultTimeZone("UTC"));
    audit = new Audit(database, identity);
    sessions = new Sessions(database, config, callers, audit);
    olena = account("olena-" + UUID.randomUUID(), "reviewer");
  }

  private static UUID account(String name, String role) {
    UUID id = Ids.next();
    database.run(h -> h.createUpdate("insert into account (id, name, display_name, role, password_hash) values (?, ?, ?, ?, 'x')")
        .bind(0, id).bind(1, name).bind(2, name).bind(3, role).execute());
    return id;
  }

  /** Olena, signed in. */
  private Caller olena() {
    return callers.findBySession(sessions.begin(olena, "", null), "127.0.0.1").orElseThrow();
  }

  private Caller kevin(String role) {
    return callers.findBySession(sessions.begin(account("kevin-" + UUID.randomUUID(), role), "", null), "127.0.0.1").orElseThrow();
  }

  /** The same product on another machine: its own memory, the same database. */
  private Callers anotherNode() {
    return new Callers(database, config, new CredentialLookups(new RateLimits(config)), new DefaultTimeZone("UTC"));
  }

  /** The lock would make every sign-in wait. */
  @Test
  void aSignInDoesNotWaitForALockedExpiredSession() {
    UUID locked = olena().credentialId();
    tell("update session set expires_at = now() - interval '1 minute' where id = ?", locked);
    try (var holder = OpenTransaction.on(schema); var other = OpenTransaction.on(schema)) {
      holder.database().run(sql -> sql.execute("select from session where id = ? for update", locked));
      new Sessions(other.database(), config, callers, audit).begin(olena, "", null);
      other.commit();
    }
    long left = database.ask(sql -> sql.createQuery("select count(*) from session where id = ?").bind(0, locked).mapTo(Long.class).one());
    assertThat(left).isOne();
  }

  private static void tell(String sql, UUID id) {
    database.run(h -> h.createUpdate(sql).bind(0, id).execute());
  }

  @Test
  void aSessionIsValidOnEveryNodeAndStoredAsAHash() {
    String token = sessions.begin(olena, "10.0.0.7", "Firefox");
    assertThat(callers.findBySession(token, "127.0.0.1")).isPresent();
    assertThat(anotherNode().findBySession(token, "127.0.0.1")).map(Caller::accountId).contains(olena);
    assertThat(database.<String>ask(h -> h.createQuery("select string_agg(s::text, '') from session s").mapTo(String.class).one()))
        .doesNotContain(token);
  }

  @Test
  void aSignOutTakesEffectOnAllNodes() {
    String token = sessions.begin(olena, "", null);
    assertThat(callers.findBySession(token, "127.0.0.1")).isPresent();
    sessions.endByToken(token);
    assertThat(callers.findBySession(token, "127.0.0.1")).isEmpty();
    assertThat(anotherNode().findBySession(token, "127.0.0.1")).isEmpty();
  }

  @Test
  void anUnusedSessionExpires() {
    String token = sessions.begin(olena, "", null);
    tell("update session set seen_at = now() - interval '8 hours 1 minute' where account_id = ?", olena);
    assertThat(callers.findBySession(token, "127.0.0.1")).isEmpty();
  }

  @Test
  void aSessionExpiresAfterAWeekOfUse() {
    String token = sessions.begin(olena, "", null);
    tell("update session set seen_at = now(), expires_at = now() - interval '1 second' where account_id = ?", olena);
    assertThat(callers.findBySession(token, "127.0.0.1")).isEmpty();
  }

  @Test
  void usingASessionExtendsIt() {
    String token = sessions.begin(olena, "", null);
    tell("update session set seen_at = now() - interval '7 hours' where account_id = ?", olena);
    assertThat(callers.findBySession(token, "127.0.0.1")).isPresent();
    assertThat(database.<Boolean>ask(h -> h.createQuery("select seen_at > now() - interval '1 minute' from session where account_id = ?")
        .bind(0, olena).mapTo(Boolean.class).one())).isTrue();
  }

  @Test
  void aDisabledAccountHasNoValidSession() {
    String token = sessions.begin(olena, "", null);
    tell("update account set is_active = false where id = ?", olena);
    assertThat(callers.findBySession(token, "127.0.0.1")).isEmpty();
  }

  @Test
  void aNewPasswordEndsAllOtherSessions() {
    String here = sessions.begin(olena, "", null);
    String there = sessions.begin(olena, "", null);
    sessions.endAllOf(olena, callers.findBySession(here, "127.0.0.1").orElseThrow().credentialId(), "password_changed");
    assertThat(callers.findBySession(here, "127.0.0.1")).isPresent();
    assertThat(callers.findBySession(there, "127.0.0.1")).isEmpty();
  }

  @Test
  void aUserCannotEndTheSessionOfAnother() {
    UUID kevin = account("kevin-" + UUID.randomUUID(), "reader");
    String token = sessions.begin(olena, "", null);
    assertThat(sessions.end(callers.findBySession(token, "127.0.0.1").orElseThrow().credentialId(), kevin)).isFalse();
    assertThat(callers.findBySession(token, "127.0.0.1")).isPresent();
  }

  @Test
  void aTokenIsFoundByItsHashUntilItIsRevoked() {
    var tokens = new ApiTokens(database, callers, audit);
    ApiTokens.CreatedToken made = tokens.create(olena(), "CI", Role.READER, 30, false);
    assertThat(made.token()).startsWith("tt_").hasSize(46);
    assertThat(callers.findByToken(made.token(), "10.0.0.7")).map(Caller::role).contains(Role.READER);
    assertThat(tokens.all()).filteredOn(t -> t.id().equals(made.id())).singleElement()
        .satisfies(t -> assertThat(t.usedFrom()).isEqualTo("10.0.0.7"));
    tokens.revoke(made.id());
    assertThat(callers.findByToken(made.token(), "")).isEmpty();
    assertThat(anotherNode().findByToken(made.token(), "")).isEmpty();
  }

  @Test
  void theRoleOfATokenIsLimitedByItsAccount() {
    var tokens = new ApiTokens(database, callers, audit);
    String token = tokens.create(olena(), "ambitious", Role.ADMIN, null, false).token();
    assertThat(callers.findByToken(token, "")).map(Caller::role).contains(Role.REVIEWER);
    tell("update account set role = 'reader' where id = ?", olena);
    assertThat(anotherNode().findByToken(token, "")).map(Caller::role).contains(Role.READER);
  }

  @Test
  void anExpiredTokenIsInvalid() {
    var tokens = new ApiTokens(database, callers, audit);
    ApiTokens.CreatedToken made = tokens.create(olena(), "short", Role.READER, 1, false);
    tell("update api_token set expires_at = now() where id = ?", made.id());
    assertThat(callers.findByToken(made.token(), "")).isEmpty();
    assertThatThrownBy(() -> tokens.create(olena(), "long", Role.READER, 4000, false)).isInstanceOf(Problem.class);
  }

  @Test
  void theAdminTokenIsRemovedWithItsSetting() {
    var tokens = new ApiTokens(database, callers, audit);
    tokens.setBootstrapToken(olena, "from the environment");
    tokens.setBootstrapToken(olena, "from the environment");
    assertThat(callers.findByToken("from the environment", "")).map(Caller::role).contains(Role.ADMIN);
    tokens.setBootstrapToken(olena, "another one");
    assertThat(anotherNode().findByToken("from the environment", "")).isEmpty();
    tokens.setBootstrapToken(olena, null);
    assertThat(anotherNode().findByToken("another one", "")).isEmpty();
  }

  @Test
  void onlyAnAdminTokenWithTheScopeManagesAccounts() {
    var tokens = new ApiTokens(database, callers, audit);
    Caller kevin = kevin("admin");
    assertThat(kevin.managesAccounts()).isTrue();
    assertThat(olena().managesAccounts()).as("a reviewer's session").isFalse();
    Caller plain = callers.findByToken(tokens.create(kevin, "plain", Role.ADMIN, null, false).token(), "").orElseThrow();
    Caller manager = callers.findByToken(tokens.create(kevin, "manager", Role.ADMIN, null, true).token(), "").orElseThrow();
    assertThat(plain.managesAccounts()).isFalse();
    assertThat(manager.managesAccounts()).isTrue();
    assertThatThrownBy(() -> tokens.create(plain, "more", Role.ADMIN, null, true))
        .satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(403));
    assertThatThrownBy(() -> tokens.create(manager, "less", Role.READER, null, true))
        .satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(422));
    assertThat(callers.findByToken(tokens.create(manager, "more", Role.ADMIN, null, true).token(), "")).map(Caller::managesAccounts)
        .contains(true);
    tell("update account set role = 'reviewer' where id = ?", kevin.accountId());
    assertThat(anotherNode().now(Caller.How.TOKEN, manager.credentialId())).map(Caller::managesAccounts).contains(false);
  }

  @Test
  void theAdminTokenSurvivesAPasswordChange() {
    var tokens = new ApiTokens(database, callers, audit);
    tokens.setBootstrapToken(olena, "of the operator");
    String hers = tokens.create(olena(), "hers", Role.READER, null, false).token();
    tokens.revokeAllOf(olena, ApiTokens.Reason.PASSWORD_CHANGED);
    assertThat(callers.findByToken("of the operator", "")).map(Caller::managesAccounts).contains(true);
    assertThat(callers.findByToken(hers, "")).isEmpty();
    assertThat(tokens.all()).filteredOn(t -> t.name().equals("hers")).last()
        .satisfies(t -> assertThat(t.status() + " " + t.revokedReason()).isEqualTo("revoked password_changed"));
    tokens.setBootstrapToken(olena, null);
  }

  @Test
  void aDeviceIsKnownOnlyToItsAccount() {
    var devices = new KnownDevices(database, audit);
    String cookie = devices.register(olena, "", Optional.empty());
    Caller kevin = kevin("reader");
    assertThat(devices.find(cookie, nameOf(olena))).isPresent();
    assertThat(devices.find(cookie, kevin.name())).isEmpty();
    assertThat(devices.find("", nameOf(olena))).isEmpty();
    assertThat(devices.find(Secrets.random(), nameOf(olena))).isEmpty();
    String both = devices.register(kevin.accountId(), cookie, Optional.empty());
    assertThat(devices.find(both, nameOf(olena))).isPresent();
    assertThat(devices.find(both, kevin.name())).isPresent();
    assertThat(database.<String>ask(h -> h.createQuery("select string_agg(d::text, '') from known_device d").mapTo(String.class).one()))
        .doesNotContain(cookie);
  }

  private static String nameOf(UUID account) {
    return database.ask(h -> h.createQuery("select name from account where id = ?").bind(0, account).mapTo(String.class).one());
  }

  @Test
  void aKnownDeviceKeepsItsTokenAtTheNextSignIn() {
    var devices = new KnownDevices(database, audit);
    String cookie = devices.register(olena, "", Optional.empty());
    assertThat(devices.register(olena, cookie, devices.find(cookie, nameOf(olena)))).isEqualTo(cookie);
    assertThat(devicesOf(olena)).isEqualTo(1);
  }

  private static long devicesOf(UUID account) {
    return database
        .ask(h -> h.createQuery("select count(*) from known_device where account_id = ?").bind(0, account).mapTo(Long.class).one());
  }

  @Test
  void devicesOfAnAccountAndTokensOfACookieAreBounded() {
    var devices = new KnownDevices(database, audit);
    String first = devices.register(olena, "", Optional.empty());
    String cookie = first;
    for (int i = 0; i < 20; i++) {
      cookie = devices.register(olena, cookie, Optional.empty());
    }
    assertThat(devicesOf(olena)).isEqualTo(20);
    assertThat(devices.find(first, nameOf(olena))).isEmpty();
    assertThat(cookie.split("\\.")).hasSize(4);
    assertThat(devices.find((cookie + ".").repeat(50), nameOf(olena))).as("a cookie longer than any of ours").isEmpty();
    assertThat(audited("device.forgotten", olena)).isEqualTo(1);
  }

  @Test
  void aNewPasswordOrAYearWithoutUseForgetsADevice() {
    var devices = new KnownDevices(database, audit);
    String cookie = devices.register(olena, "", Optional.empty());
    tell("update known_device set used_at = now() - interval '366 days' where account_id = ?", olena);
    assertThat(devices.find(cookie, nameOf(olena))).isEmpty();
    tell("update known_device set used_at = now() where account_id = ?", olena);
    devices.deleteAll(olena);
    assertThat(devices.find(cookie, nameOf(olena))).isEmpty();
    assertThat(audited("device.forgotten", olena)).isEqualTo(1);
  }

  private static long audited(String action, UUID subject) {
    return database.ask(h -> h.createQuery("select count(*) from audit where action = ? and subject_id = ?")
        .bind(0, action).bind(1, subject.toString()).mapTo(Long.class).one());
  }

  @Test
  void endedSessionsAreAudited() {
    Caller here = olena();
    Caller there = olena();
    sessions.end(there.credentialId(), olena);
    assertThat(audited("session.ended", there.credentialId())).isEqualTo(1);
    sessions.endAllOf(olena, null, "account_disabled");
    assertThat(audited("session.all_ended", olena)).isEqualTo(1);
    sessions.endAllOf(olena, null, "account_disabled");
    assertThat(audited("session.all_ended", olena)).as("none was left").isEqualTo(1);
    assertThat(callers.now(Caller.How.SESSION, here.credentialId())).isEmpty();
  }

  @Test
  void theLongestNamesOfAnAccountAndItsTokenAreAudited() {
    Caller longest = callers
        .findBySession(sessions.begin(account((UUID.randomUUID() + "o".repeat(100)).substring(0, 100), "reader"), "", null), "127.0.0.1")
        .orElseThrow();
    identity.begin("10.0.0.7", "request-7", Credentials.NONE);
    identity.setCaller(new Caller(longest.accountId(), longest.name() + "/" + "t".repeat(100), "t", Role.READER, Caller.How.TOKEN,
        longest.credentialId(), longest.preferences(), false));
    String thing = UUID.randomUUID().toString();
    audit.record("test.done", "thing", thing, Map.of());
    assertThat(found(thing).items()).singleElement().satisfies(row -> assertThat(row.actor()).hasSize(200));
  }

  @Test
  void theAuditLogStoresAllFields() {
    String thing = UUID.randomUUID().toString();
    audit.record("test.done", "thing", thing, Map.of("why", "=1+1"));
    for (String change : new String[]{"update audit set actor = 'nobody'", "delete from audit", "truncate audit"}) {
      assertThatThrownBy(() -> database.run(h -> h.createUpdate(change).execute())).hasMessageContaining("append-only");
    }
    assertThat(found(thing).items()).singleElement().satisfies(row -> {
      assertThat(row.actor()).isEqualTo("system");
      assertThat(row.details().getString("why")).isEqualTo("=1+1");
    });
  }

  private static AuditTrail.AuditPage found(String thing) {
    return new AuditTrail(database).page(new AuditTrail.AuditFilter(null, "test", "thing", thing, null, null, null), 10);
  }

  @Test
  void theAuditLogHasTheActorAndTheAddress() {
    String thing = UUID.randomUUID().toString();
    identity.begin("10.0.0.7", "request-7", Credentials.NONE);
    audit.record("test.done", "thing", thing, Map.of());
    identity.setCaller(callers.findBySession(sessions.begin(olena, "", null), "127.0.0.1").orElseThrow());
    audit.record("test.done", "thing", thing, Map.of());
    assertThat(found(thing).items()).extracting(AuditTrail.AuditRow::how).containsExactly("session", "anonymous");
    assertThat(found(thing).items()).allSatisfy(row -> assertThat(row.address() + row.requestId()).isEqualTo("10.0.0.7request-7"));
  }

  @Test
  void theAuditLogIsPagedWithoutGaps() {
    String thing = UUID.randomUUID().toString();
    for (int i = 0; i < 25; i++) {
      audit.record("test.counted", "thing", thing, Map.of("i", i));
    }
    var trail = new AuditTrail(database);
    var first = trail.page(new AuditTrail.AuditFilter(null, null, "thing", thing, null, null, null), 20);
    var second = trail.page(new AuditTrail.AuditFilter(null, null, "thing", thing, null, null, first.next()), 20);
    assertThat(first.items()).hasSize(20).first().satisfies(row -> assertThat(row.details().getInt("i")).isEqualTo(24));
    assertThat(second.items()).hasSize(5).last().satisfies(row -> assertThat(row.details().getInt("i")).isZero());
    assertThat(second.next()).isNull();
  }
}
