package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Await;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.RawHttp;
import tasktracker.platform.security.access.AccessRule;

/**
 * Every resource method of the product, as its class files have them, asked by everybody in many ways: nobody who may
 * not call it ever gets an answer from it, and who may read it does. A new method is in it by itself.
 */
@ProductTest
class AccessMatrixIT {

  private static final String PASSWORD = "five tall giraffes walk";

  /** All that is public. Who adds to it has thought about it. */
  private static final Set<String> PUBLIC = Set.of("GET /", "GET /api/health", "GET /metrics", "GET /sign-in", "POST /sign-in",
      "POST /preferences", "POST /webhook/telegram");

  /** Methods that ask for more than their annotation does, depending on what is asked for. */
  private static final Set<String> ASKS_MORE = Set.of("GET /messages/deleted/new");

  private final Product product;

  AccessMatrixIT(Product product) {
    this.product = product;
  }

  /** A resource method and the address by which it is reached. */
  private record Route(Method method, Class<?> type, String verb, String template) {

    AccessRule rule() {
      return AccessRule.of(method, type);
    }

    String address() {
      return template.replaceAll("\\{[^{}]*(?:\\{[^{}]*\\}[^{}]*)?\\}", "0193f0a0-0000-7000-8000-000000000001");
    }

    @Override
    public String toString() {
      return verb + " " + template;
    }
  }

  private static List<Route> routes() {
    return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("tasktracker").stream()
        .filter(type -> type.isAnnotatedWith(Path.class)).map(JavaClass::reflect).flatMap(AccessMatrixIT::routes).toList();
  }

  private static Stream<Route> routes(Class<?> type) {
    String root = type.getAnnotation(Path.class).value();
    return Arrays.stream(type.getDeclaredMethods()).flatMap(method -> Arrays.stream(method.getAnnotations())
        .map(a -> a.annotationType().getAnnotation(HttpMethod.class)).filter(java.util.Objects::nonNull)
        .map(verb -> new Route(method, type, verb.value(), template(root, method))));
  }

  private static String template(String root, Method method) {
    Path path = method.getAnnotation(Path.class);
    String joined = ("/" + root + "/" + (path == null ? "" : path.value())).replaceAll("/{2,}", "/");
    return joined.length() > 1 ? joined.replaceAll("/$", "") : joined;
  }

  /** Somebody who asks: what they send to prove who they are, and the most they may. */
  private record Who(String name, Map<String, String> headers, int rank, boolean program, boolean managesAccounts) {

    boolean may(AccessRule rule) {
      return rule.isPublic() || rank > rule.role().ordinal() && !(program && rule.sessionOnly())
          && !(program && rule.managesAccounts() && !managesAccounts);
    }
  }

  private List<Who> everybody() {
    List<Who> all = new ArrayList<>(List.of(new Who("anonymous", Map.of(), 0, false, false),
        new Who("wrong token", bearer("tt_" + "x".repeat(43)), 0, true, false),
        new Who("wrong session", cookie("tt_session=" + "x".repeat(43)), 0, false, false),
        new Who("revoked token", bearer(revoked()), 0, true, false), new Who("expired session", expired(), 0, false, false),
        new Who("disabled account", disabled(), 0, false, false)));
    for (Role role : Role.values()) {
      all.add(new Who(role + " session", session(account(role)), role.ordinal() + 1, false, true));
      all.add(new Who(role + " token", bearer(token(role)), role.ordinal() + 1, true, false));
    }
    all.add(new Who("ADMIN_TOKEN", bearer(Product.ADMIN_TOKEN), 3, true, true));
    return all;
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static Map<String, String> cookie(String pair) {
    return Map.of("Cookie", pair);
  }

  private String account(Role role) {
    String name = role.wire() + "-" + UUID.randomUUID().toString().substring(0, 8);
    product.api().post("/api/v1/accounts", """
        {"name":"%s","role":"%s","password":"%s"}""".formatted(name, role.wire(), PASSWORD)).expect(201);
    return name;
  }

  private Map<String, String> session(String name) {
    Api browser = product.anonymous().with("Accept", "text/html");
    return cookie(browser.form("/sign-in", Map.of("name", name, "password", PASSWORD)).expect(303).response().headers()
        .allValues("Set-Cookie").stream().filter(c -> c.startsWith("tt_session=")).findFirst().orElseThrow().split(";")[0]);
  }

  private Map<String, String> expired() {
    String name = account(Role.ADMIN);
    Map<String, String> cookie = session(name);
    product.database().useHandle(h -> h.execute("""
        update session set expires_at = now() - interval '1 second' where account_id = (select id from account where name = ?)""", name));
    // A node believes for three seconds what it knew of a session.
    Api browser = product.anonymous().with("Cookie", cookie.get("Cookie"));
    Await.until("the session has expired", Duration.ofSeconds(20), () -> browser.get("/api/v1/me").status() == 401);
    return cookie;
  }

  private Map<String, String> disabled() {
    String name = account(Role.ADMIN);
    Map<String, String> cookie = session(name);
    String id = product.api().get("/api/v1/accounts").expect(200).array().stream().map(a -> a.asJsonObject())
        .filter(a -> a.getString("name").equals(name)).findFirst().orElseThrow().getString("id");
    product.api().delete("/api/v1/accounts/" + id).expect(204);
    return cookie;
  }

  private String token(Role role) {
    return product.api().post("/api/v1/tokens", """
        {"name":"matrix","role":"%s"}""".formatted(role.wire())).expect(201).json().getString("token");
  }

  private String revoked() {
    var made = product.api().post("/api/v1/tokens", "{\"name\":\"matrix\",\"role\":\"admin\"}").expect(201).json();
    product.api().delete("/api/v1/tokens/" + made.getString("id")).expect(204);
    return made.getString("token");
  }

  /** Ways to say the same, by which a guard that reads the request could be led to think of something else. */
  private static Map<String, Map<String, String>> saidAs() {
    Map<String, Map<String, String>> ways = new LinkedHashMap<>();
    for (String accept : List.of("text/html", "TEXT/HTML", "text/*", "*/*", "application/json", "text/html;q=0.1, */*;q=0.9", "x")) {
      ways.put("Accept: " + accept, Map.of("Accept", accept));
    }
    ways.put("nothing", Map.of());
    ways.put("an upgrade", Map.of("Upgrade", "websocket", "Connection", "Upgrade, close", "Sec-WebSocket-Version", "13",
        "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
    ways.put("htmx", Map.of("HX-Request", "true", "HX-Current-URL", "/"));
    ways.put("another method", Map.of("X-HTTP-Method-Override", "GET", "X-Original-URL", "/api/health", "X-Rewrite-URL", "/sign-in"));
    ways.put("a proxy", Map.of("X-Forwarded-For", "127.0.0.1", "Forwarded", "for=127.0.0.1", "X-Forwarded-Prefix", "/assets"));
    return ways;
  }

  /** Ways to write the same address. */
  private static List<String> spelled(String address) {
    String encoded = address.length() < 2 ? "/" : "/%" + Integer.toHexString(address.charAt(1)) + address.substring(2);
    return List.of(address, encoded, address + "/", address + "?x=/assets/app.css", address + ";/sign-in", "/assets/.." + address,
        "/" + address, "/sign-in/.." + address, "/./" + address.substring(1), address + "%3b", "http://127.0.0.1" + address);
  }

  /** Nobody and the least of all roles try everything; the others differ from them only in who they are. */
  private static boolean triesAll(Who who) {
    return Set.of("anonymous", "READER session").contains(who.name());
  }

  private static Map<String, Map<String, String>> ways(Who who) {
    Map<String, Map<String, String>> all = saidAs();
    all.keySet().removeIf(way -> !triesAll(who) && !way.equals("nothing"));
    return all;
  }

  private static List<String> spellings(Who who, Route route) {
    return triesAll(who) ? spelled(route.address()) : List.of();
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }

  /** Asks from an address of their own, so that nobody is refused for how often others have asked. */
  private RawHttp client(int number) {
    return RawHttp.to(product.url()).from("127.1." + number / 200 + "." + (number % 200 + 1));
  }

  @Test
  void theListOfPublicMethodsIsComplete() {
    Set<String> found = routes().stream().filter(r -> r.rule().isPublic()).map(Route::toString).collect(Collectors.toSet());
    assertThat(found).isEqualTo(PUBLIC);
    assertThat(routes()).hasSizeGreaterThan(90);
  }

  @Test
  void unauthorizedReadsAreRefusedInEverySpelling() {
    List<String> faults = new ArrayList<>();
    int number = 0;
    for (Who who : everybody()) {
      for (Route route : routes().stream().filter(r -> r.verb().equals("GET") && !who.may(r.rule())).toList()) {
        RawHttp client = client(number++);
        ways(who)
            .forEach((way, headers) -> check(faults, who, route, way, client.send("GET", route.address(), with(headers, who.headers()))));
        spellings(who, route).forEach(address -> check(faults, who, route, address, client.send("GET", address, who.headers())));
        check(faults, who, route, "HEAD", client.send("HEAD", route.address(), who.headers()));
      }
    }
    assertThat(faults).isEmpty();
  }

  /** Refused, led to the sign-in page, or told that there is no such address; the two public answers at "/" are none of its. */
  private static void check(List<String> faults, Who who, Route route, String way, RawHttp.Reply reply) {
    boolean refused = Set.of(400, 401, 403, 404, 405, 406, 415).contains(reply.status())
        || reply.status() == 303 && reply.header("Location").filter(to -> to.contains("/sign-in")).isPresent();
    boolean isPublicStatus = route.template().equals("/")
        && reply.header("Content-Type").filter(t -> t.startsWith("application/json")).isPresent();
    if (!refused && !isPublicStatus && !isPublicPage(way, reply)) {
      faults.add(who.name() + ": " + route + " by " + way + " gave " + reply.status());
    }
  }

  /** "/assets/../x" may be answered by what is public there. */
  private static boolean isPublicPage(String way, RawHttp.Reply reply) {
    return way.startsWith("/") && reply.status() == 200 && reply.body().contains("name=\"password\"");
  }

  @Test
  void unauthorizedChangesAreRefusedInEverySpelling() {
    List<String> faults = new ArrayList<>();
    Map<String, String> json = Map.of("Content-Type", "application/json", "Content-Length", "2", "Origin", product.url());
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded", "Content-Length", "2", "Origin", product.url());
    int number = 10_000;
    for (Who who : everybody()) {
      for (Route route : routes().stream().filter(r -> !r.verb().equals("GET") && !who.may(r.rule())).toList()) {
        RawHttp client = client(number++);
        for (Map<String, String> kind : triesAll(who) ? List.of(json, form) : List.of(route.rule().readsForm() ? form : json)) {
          for (var way : ways(who).entrySet()) {
            var reply = client.send(route.verb(), route.address(), with(with(way.getValue(), kind), who.headers()), "{}".getBytes());
            check(faults, who, route, way.getKey(), reply);
          }
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void authorizedReadsAreNotRefused() {
    List<String> faults = new ArrayList<>();
    int number = 20_000;
    for (Who who : everybody().stream().filter(w -> w.rank() > 0).toList()) {
      for (Route route : routes().stream().filter(r -> r.verb().equals("GET") && who.may(r.rule()) && !r.rule().isPublic()).toList()) {
        var reply = client(number++).send("GET", route.address(), with(Map.of("Accept", "*/*"), who.headers()));
        boolean refused = Set.of(0, 303, 401, 403, 429).contains(reply.status()) && !isRedirectElsewhere(reply);
        if (refused && !ASKS_MORE.contains(route.toString()) || reply.status() >= 500) {
          faults.add(who.name() + ": " + route + " gave " + reply.status() + " " + reply.body());
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static boolean isRedirectElsewhere(RawHttp.Reply reply) {
    return reply.status() == 303 && reply.header("Location").filter(to -> !to.contains("/sign-in")).isPresent();
  }

  /** Each address of a socket, by those who may not listen. */
  @Test
  void unauthenticatedSocketsAreRefused() {
    List<String> faults = new ArrayList<>();
    for (Who who : everybody().stream().filter(w -> w.rank() == 0).toList()) {
      for (String address : List.of("/ws", "/live", "/%77s", "/ws/", "/ws?topics=messages", "/ws;x", "//ws")) {
        var reply = RawHttp.to(product.url()).send("GET", address,
            with(saidAs().get("an upgrade"), with(Map.of("Origin", product.url()), who.headers())));
        if (reply.status() == 101 || reply.status() >= 500 || reply.status() == 0) {
          faults.add(who.name() + ": " + address + " gave " + reply.status());
        }
      }
    }
    assertThat(faults).isEmpty();
  }
}
