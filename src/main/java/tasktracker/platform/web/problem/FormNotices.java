package tasktracker.platform.web.problem;

import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.template.View;

/** Notices on the pages of this package after a form was submitted. */
public final class FormNotices {

  private static final Set<String> DONE = Set.of("name", "zone", "password", "session", "account", "role", "active", "revoked");

  private FormNotices() {}

  /** The model of a page after a successful form; an unknown word gives no notice. */
  public static Map<String, ?> done(@Nullable String word) {
    return Map.of("done", word != null && DONE.contains(word) ? "security.done." + word : "", "refused", "");
  }

  /** The model of a page that shows why its form was refused. */
  public static Map<String, ?> refused(FormError refusal) {
    return Map.of("done", "", "refused", refusal.key());
  }

  /** Runs the action and redirects, or shows the page again with the error. */
  public static Response submit(String next, Runnable verb, Function<FormError, View> again) {
    try {
      verb.run();
      return Response.seeOther(LocalUrl.parse(next)).build();
    } catch (FormError refusal) {
      return Response.status(refusal.status()).entity(again.apply(refusal)).build();
    }
  }
}
