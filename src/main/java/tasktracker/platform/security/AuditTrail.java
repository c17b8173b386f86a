package tasktracker.platform.security;

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

  @SuppressWarnings("NullAway")
  protected AuditTrail() {
    this(null); // for the container's proxy
  }

  @Inject
  public AuditTrail(Database database) {
    this.database = database;
  }

  /** One thing that somebody did. */
  public record AuditRow(UUID id, Instant at, @Nullable UUID accountId, String actor, String how, String action,
      String subjectType, @Nullable String subjectId, JsonObject details, @Nullable String address, @Nullable String requestId) {}

  /**
   * Which rows are wanted; null means any.
   *
   * @param action the whole action, or how it begins: {@code account} finds {@code account.added}
   * @param before key of the last row seen: only older ones are wanted
   */
  public record Wanted(@Nullable String actor, @Nullable String action, @Nullable String subjectType,
      @Nullable String subjectId, @Nullable Instant from, @Nullable Instant until, @Nullable UUID before) {

    Wanted before(@Nullable UUID row) {
      return new Wanted(actor, action, subjectType, subjectId, from, until, row);
    }
  }

  /** @param next what to pass as {@code before} for the rows that follow, or null at the end */
  public record AuditPage(List<AuditRow> items, @Nullable UUID next) {}

  /** One page of at most so many rows. */
  public AuditPage page(Wanted wanted, int size) {
    Map<String, Object> bound = new LinkedHashMap<>();
    String query = "select * from audit" + where(wanted, bound) + " order by id desc limit :most";
    List<AuditRow> rows = database.ask(h -> h.createQuery(query).bindMap(bound).bind("most", size + 1).map(AuditTrail::row).list());
    boolean more = rows.size() > size;
    return new AuditPage(more ? rows.subList(0, size) : rows, more ? rows.get(size - 1).id() : null);
  }

  /** Hands over every row, page by page, so that neither memory nor a transaction grows with the log. */
  public void each(Wanted wanted, Consumer<AuditRow> reader) {
    AuditPage page = page(wanted, 500);
    page.items().forEach(reader);
    while (page.next() != null) {
      page = page(wanted.before(page.next()), 500);
      page.items().forEach(reader);
    }
  }

  private static String where(Wanted wanted, Map<String, Object> bound) {
    List<String> conditions = new ArrayList<>();
    given("actor", wanted.actor(), "actor = :actor", conditions, bound);
    given("action", wanted.action(), "action ^@ :action", conditions, bound);
    given("type", wanted.subjectType(), "subject_type = :type", conditions, bound);
    given("subject", wanted.subjectId(), "subject_id = :subject", conditions, bound);
    given("from", wanted.from(), "at >= :from", conditions, bound);
    given("until", wanted.until(), "at < :until", conditions, bound);
    given("before", wanted.before(), "id < :before", conditions, bound);
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private static void given(String name, @Nullable Object value, String condition, List<String> conditions,
      Map<String, Object> bound) {
    if (value != null) {
      conditions.add(condition);
      bound.put(name, value);
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
