package tasktracker.ops.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Queries of the database catalogue and statistics, with a timeout of 3 s. */
@ApplicationScoped
public class CatalogQueries {

  private final Database database;

  @Inject
  public CatalogQueries(Database database) {
    this.database = database;
  }

  /** Rows with their columns in order. */
  List<Map<String, Object>> rows(String sql, Object... arguments) {
    return database.ask(h -> {
      h.execute("set local statement_timeout = '3s'");
      return h.select(sql, arguments).mapToMap().list();
    });
  }

  /** The only row. */
  Map<String, Object> row(String sql, Object... arguments) {
    return rows(sql, arguments).getFirst();
  }

  static long number(Map<String, Object> row, String column) {
    @Nullable
    Object value = row.get(column);
    return value instanceof Number n ? n.longValue() : 0;
  }

  static String text(Map<String, Object> row, String column) {
    return String.valueOf(row.get(column));
  }
}
