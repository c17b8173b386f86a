package tasktracker.platform.security.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Reads the audit log, newest first. */
@ApplicationScoped
public class AuditTrail {

  private final Database database;

  @Inject
  public AuditTrail(Database database) {
    this.database = database;
  }

  /** A row of the audit log. */
  public record AuditRow(UUID id, Instant at, @Nullable UUID accountId, String actor, String how, String action,
      String subjectType, @Nullable String subjectId, JsonObject details, @Nullable String address, @Nullable String requestId) {}

  /**
   * Selects rows; a part that is null matches all.
   *
   * @param action the action or a prefix of it: {@code account} matches {@code account.added}
   * @param before only rows older than this one
   */
  public record AuditFilter(@Nullable String actor, @Nullable String action, @Nullable String subjectType,
      @Nullable String subjectId, @Nullable Instant from, @Nullable Instant until, @Nullable UUID before) {

    AuditFilter before(@Nullable UUID row) {
      return new AuditFilter(actor, action, subjectType, subjectId, from, until, row);
    }
  }

  /** @param next the {@code before} of the next page, or null on the last page */
  public record AuditPage(List<AuditRow> items, @Nullable UUID next) {}

  /** Returns one page of at most {@code size} rows. */
  public AuditPage page(AuditFilter filter, int size) {
    Map<String, Object> bindings = new LinkedHashMap<>();
    String query = "select * from audit" + where(filter, bindings) + " order by id desc limit :most";
    List<AuditRow> rows = database.ask(h -> h.createQuery(query).bindMap(bindings).bind("most", size + 1).map(AuditTrail::row).list());
    boolean more = rows.size() > size;
    return new AuditPage(more ? rows.subList(0, size) : rows, more ? rows.get(size - 1).id() : null);
  }

  /** Passes all rows to the reader, page by page, so that neither memory nor a transaction grows with the log. */
  public void forEach(AuditFilter filter, Consumer<AuditRow> reader) {
    AuditPage page = page(filter, 500);
    page.items().forEach(reader);
    while (page.next() != null) {
      page = page(filter.before(page.next()), 500);
      page.items().forEach(reader);
    }
  }

  private static String where(AuditFilter filter, Map<String, Object> bindings) {
    List<String> conditions = new ArrayList<>();
    addCondition("actor", filter.actor(), "actor = :actor", conditions, bindings);
    addCondition("action", filter.action(), "action ^@ :action", conditions, bindings);
    addCondition("type", filter.subjectType(), "subject_type = :type", conditions, bindings);
    addCondition("subject", filter.subjectId(), "subject_id = :subject", conditions, bindings);
    addCondition("from", filter.from(), "at >= :from", conditions, bindings);
    addCondition("until", filter.until(), "at < :until", conditions, bindings);
    addCondition("before", filter.before(), "id < :before", conditions, bindings);
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private static void addCondition(String name, @Nullable Object value, String condition, List<String> conditions,
      Map<String, Object> bindings) {
    if (value != null) {
      conditions.add(condition);
      bindings.put(name, value);
    }
  }

  private static AuditRow row(ResultSet row, StatementContext context) throws SQLException {
    return new AuditRow(row.getObject("id", UUID.class), row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("account_id", UUID.class), row.getString("actor"), row.getString("how"), row.getString("action"),
        row.getString("subject_type"), row.getString("subject_id"), object(row.getString("details")),
        row.getString("address"), row.getString("request_id"));
  }

  private static JsonObject object(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
