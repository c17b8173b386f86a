package tasktracker.knowledge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;

/** Reasons of analysts as they are stored, and in the reader's language. */
public final class ReasonText {

  private ReasonText() {}

  /** The stored form. */
  public static String toJson(AnalystReason reason) {
    return Json.jsonb().toJson(reason);
  }

  /** The text in the reader's language; empty without a reason. */
  public static String of(@Nullable String stored, Locale locale) {
    if (stored == null) {
      return "";
    }
    AnalystReason reason = Json.jsonb().fromJson(stored, AnalystReason.class);
    return LocalizedMessage.of("knowledge.reason." + reason.code(), reason.details().toArray()).in(locale);
  }
}
