package tasktracker.platform.security;

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

/** Which rows of the audit log an address asks for. */
public class AuditQuery {

  @QueryParam("actor") private @Nullable String actor;
  @QueryParam("action") private @Nullable String action;
  @QueryParam("subject_type") private @Nullable String subjectType;
  @QueryParam("subject_id") private @Nullable String subjectId;
  @QueryParam("from") private @Nullable String from;
  @QueryParam("until") private @Nullable String until;
  @QueryParam("before") private @Nullable String before;

  AuditTrail.Wanted wanted() {
    return new AuditTrail.Wanted(RequestReader.text(actor), RequestReader.text(action), RequestReader.text(subjectType),
        RequestReader.text(subjectId), RequestReader.instant("from", from), end(), RequestReader.id("before", before));
  }

  /** A day as the end is meant whole. */
  private @Nullable Instant end() {
    Instant given = RequestReader.instant("until", until);
    return given != null && until != null && until.length() == 10 ? given.plus(Duration.ofDays(1)) : given;
  }

  /** What was typed, to be shown in the form again. */
  Map<String, String> typed() {
    Map<String, String> typed = new LinkedHashMap<>();
    typed.put("actor", or(actor));
    typed.put("action", or(action));
    typed.put("subject_type", or(subjectType));
    typed.put("subject_id", or(subjectId));
    typed.put("from", or(from));
    typed.put("until", or(until));
    return typed;
  }

  /** The same question as a query string, going on after that row. */
  String after(@Nullable UUID row) {
    Map<String, String> parts = typed();
    parts.put("before", row == null ? "" : row.toString());
    return parts.entrySet().stream().filter(e -> !e.getValue().isEmpty())
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
  }

  private static String or(@Nullable String value) {
    return Optional.ofNullable(value).orElse("");
  }
}
