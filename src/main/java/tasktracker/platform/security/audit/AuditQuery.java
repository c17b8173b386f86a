package tasktracker.platform.security.audit;

import jakarta.ws.rs.QueryParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.RequestReader;

/** The query parameters of the audit log. */
public class AuditQuery {

  @QueryParam("actor") private @Nullable String actor;
  @QueryParam("action") private @Nullable String action;
  @QueryParam("subject_type") private @Nullable String subjectType;
  @QueryParam("subject_id") private @Nullable String subjectId;
  @QueryParam("from") private @Nullable String from;
  @QueryParam("until") private @Nullable String until;
  @QueryParam("before") private @Nullable String before;

  AuditTrail.AuditFilter filter() {
    return new AuditTrail.AuditFilter(RequestReader.text(actor), RequestReader.text(action), RequestReader.text(subjectType),
        RequestReader.text(subjectId), RequestReader.instant("from", from), end(), RequestReader.id("before", before));
  }

  /** A date without a time includes the whole day. */
  private @Nullable Instant end() {
    Instant given = RequestReader.instant("until", until);
    return given != null && until != null && until.length() == 10 ? given.plus(Duration.ofDays(1)) : given;
  }

  /** The values of the filter form. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("actor", or(actor));
    values.put("action", or(action));
    values.put("subject_type", or(subjectType));
    values.put("subject_id", or(subjectId));
    values.put("from", or(from));
    values.put("until", or(until));
    return values;
  }

  /** The same filter as a query string, continued after that row. */
  String after(@Nullable UUID row) {
    Map<String, String> parts = values();
    parts.put("before", row == null ? "" : row.toString());
    return parts.entrySet().stream().filter(e -> !e.getValue().isEmpty())
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
  }

  private static String or(@Nullable String value) {
    return Optional.ofNullable(value).orElse("");
  }
}
