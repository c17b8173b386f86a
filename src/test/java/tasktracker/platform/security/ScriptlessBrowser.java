package tasktracker.platform.security;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tasktracker.harness.Api;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Product;
import tasktracker.platform.security.request.Cookies;

/** A browser without scripts. It keeps cookies and submits forms from the same origin. */
public final class ScriptlessBrowser {

  private final Product product;
  private final Map<String, String> cookies = new HashMap<>();

  public ScriptlessBrowser(Product product) {
    this.product = product;
  }

  /** The same browser after its session ended: it still has what it is known by. */
  public ScriptlessBrowser withoutSession() {
    var copy = new ScriptlessBrowser(product);
    copy.cookies.putAll(cookies);
    copy.cookies.remove(Cookies.SESSION);
    return copy;
  }

  public Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name));
  }

  public ApiResponse get(String path) {
    return remember(api().get(path));
  }

  /** Sends a form as a page of ours does. */
  public ApiResponse form(String path, Map<String, String> fields) {
    return remember(api().with("Origin", product.url()).with("Sec-Fetch-Site", "same-origin").form(path, fields));
  }

  public ApiResponse signIn(String name, String password) {
    return form("/sign-in", Map.of("name", name, "password", password));
  }

  public ApiResponse changePassword(String present, String password) {
    return form("/account/password", Map.of("present", present, "password", password, "again", password));
  }

  private Api api() {
    Api api = product.anonymous().with("Accept", "text/html,*/*;q=0.8");
    return cookies.isEmpty()
        ? api
        : api.with("Cookie", cookies.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue()).collect(Collectors.joining("; ")));
  }

  private ApiResponse remember(ApiResponse answer) {
    answer.response().headers().allValues("Set-Cookie").forEach(set -> {
      String[] pair = set.split(";")[0].split("=", 2);
      if (set.contains("Max-Age=0") || pair[1].isEmpty()) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    });
    return answer;
  }
}
