package tasktracker.embedding;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/**
 * The vector indexes, one for each model, as configured by {@code VECTOR_INDEX}. A rebuild creates the new index while the
 * old one stays in use; it blocks neither searches nor writes.
 */
@ApplicationScoped
public class VectorIndexes {

  private static final String NEXT_SUFFIX = "_next";

  private final Database database;
  private final VectorIndex configured;
  /** A data source without a statement timeout. */
  @Resource(lookup = "jdbc/tasktracker-migrations") private DataSource ownerDataSource;

  @Inject
  public VectorIndexes(Database database, @ConfigProperty(name = "vector.index", defaultValue = "hnsw") String method,
      @ConfigProperty(name = "vector.index.lists", defaultValue = "0") int lists) {
    this.database = database;
    this.configured = VectorIndex.configured(method, lists);
  }

  VectorIndexes(Database database, DataSource ownerDataSource, VectorIndex configured) {
    this.database = database;
    this.ownerDataSource = ownerDataSource;
    this.configured = configured;
  }

  /**
   * Status of the index of a model.
   *
   * @param present null when there is none
   */
  public record Status(VectorModel model, @Nullable VectorIndex present, VectorIndex wanted, boolean isWanted) {}

  /** Status for every model whose vectors can be indexed. */
  public List<Status> status() {
    return models().stream().map(this::status).toList();
  }

  private Status status(VectorModel model) {
    Found found = find(model).get(name(model));
    long vectors = vectors(model);
    VectorIndex present = found == null ? null : found.index();
    return new Status(model, present, configured.sizedFor(vectors),
        found != null && found.valid() && configured.isSatisfiedBy(found.index(), vectors));
  }

  private List<VectorModel> models() {
    return database.ask(sql -> sql.createQuery("select id, name, dimension from embedding_model order by id")
        .map(Database.to(VectorModel.class)).list()).stream().filter(VectorModel::isIndexed).toList();
  }

  private long vectors(VectorModel model) {
    return database.ask(sql -> sql.createQuery("select coalesce(sum(change), 0) from embedding_tally where subject = :id")
        .bind("id", model.id()).mapTo(Long.class).one());
  }

  /** An existing index; an interrupted build leaves an invalid one. */
  record Found(String name, String method, int lists, boolean valid) {
    VectorIndex index() {
      return new VectorIndex(method, lists);
    }
  }

  private Map<String, Found> find(VectorModel model) {
    return database.ask(sql -> sql.createQuery("""
            select c.relname as name, a.amname as method, i.indisvalid as valid,
                   coalesce((select option_value::int from pg_options_to_table(c.reloptions) where option_name = 'lists'), 0) as lists
              from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
             where i.indrelid = 'message_embedding'::regclass and c.relname in (:present, :next)""")
        .bind("present", name(model)).bind("next", name(model) + NEXT_SUFFIX).map(Database.to(Found.class)).list()).stream()
        .collect(Collectors.toMap(Found::name, found -> found));
  }

  private static String name(VectorModel model) {
    return "message_embedding_near_" + model.id();
  }

  /** Rebuilds the index as configured. May be interrupted at any time, and continues when it is called again. */
  protected void rebuild(VectorModel model) {
    String present = name(model);
    String next = present + NEXT_SUFFIX;
    Found started = find(model).get(next);
    if (started == null || !started.valid() || !configured.isSatisfiedBy(started.index(), vectors(model))) {
      execute("drop index concurrently if exists " + next, configured.sizedFor(vectors(model)).statement(next, model));
    }
    execute("drop index concurrently if exists " + present, "alter index " + next + " rename to " + present);
  }

  /** Runs each statement outside of a transaction. */
  private void execute(String... statements) {
    try (Connection connection = ownerDataSource.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("set maintenance_work_mem = '256MB'");
      for (String sql : statements) {
        statement.execute(sql);
      }
      statement.execute("reset maintenance_work_mem");
    } catch (SQLException e) {
      throw new IllegalStateException("The vector index was not rebuilt; the previous one stays in use", e);
    }
  }
}
