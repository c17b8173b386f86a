package tasktracker.platform.security.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.query.DateParser;

/** The query parameters of the audit log. */
public class AuditQuery {

  @Context private @Nullable HttpServletRequest request;
  @QueryParam("actor") private @Nullable String actor;
  @QueryParam("action") private @Nullable String action;
  @QueryParam("subject_type") private @Nullable String subjectType;
  @QueryParam("subject_id") private @Nullable String subjectId;
  @QueryParam("from") private @Nullable String from;
  @QueryParam("until") private @Nullable String until;
  @QueryParam("before") private @Nullable String before;

  AuditTrail.AuditFilter filter() {
    return new AuditTrail.AuditFilter(RequestReader.text(actor), RequestReader.text(action), RequestReader.text(subjectType),
        RequestReader.text(subjectId), start(), end(), RequestReader.id("before", before));
  }

  private @Nullable Instant start() {
    return RequestReader.instant("from", from, text -> DateParser.parseStart(text, timeZone()));
  }

  /** A date without a time includes the whole day. */
  private @Nullable Instant end() {
    return RequestReader.instant("until", until, text -> DateParser.parseEnd(text, timeZone()));
  }

  ZoneId timeZone() {
    return request == null ? TimeZones.UTC : Preferences.of(request).timeZone();
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
