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
 * The indexes of neighbours, one a model, as {@code VECTOR_INDEX} wants them. One that is not so is built anew beside
 * the old one, which answers until the new one is whole; neither searching nor saving waits.
 */
@ApplicationScoped
public class VectorIndexes {

  private static final String NEXT = "_next";

  private @Nullable Database database;
  private @Nullable VectorIndex wish;
  /** Without a limit to how long a statement may be silent. */
  @Resource(lookup = "jdbc/tasktracker-migrations") private @Nullable DataSource patient;

  protected VectorIndexes() {}

  @Inject
  public VectorIndexes(Database database, @ConfigProperty(name = "vector.index", defaultValue = "hnsw") String method,
      @ConfigProperty(name = "vector.index.lists", defaultValue = "0") int lists) {
    this.database = database;
    this.wish = VectorIndex.wished(method, lists);
  }

  VectorIndexes(Database database, DataSource patient, VectorIndex wish) {
    this.database = database;
    this.patient = patient;
    this.wish = wish;
  }

  /**
   * How the index of a model stands.
   *
   * @param present null when it has none
   */
  public record Standing(VectorModel model, @Nullable VectorIndex present, VectorIndex wanted, boolean isWanted) {}

  /** Of every model whose vectors can be indexed. */
  public List<Standing> standing() {
    return models().stream().map(this::standing).toList();
  }

  private Standing standing(VectorModel model) {
    Found found = found(model).get(name(model));
    long vectors = vectors(model);
    VectorIndex present = found == null ? null : found.index();
    return new Standing(model, present, wish.over(vectors), found != null && found.valid() && wish.isMetBy(found.index(), vectors));
  }

  private List<VectorModel> models() {
    return database.ask(sql -> sql.createQuery("select id, name, dimension from embedding_model order by id")
        .map(Database.to(VectorModel.class)).list()).stream().filter(VectorModel::isIndexed).toList();
  }

  private long vectors(VectorModel model) {
    return database.ask(sql -> sql.createQuery("select coalesce(sum(change), 0) from embedding_tally where subject = :id")
        .bind("id", model.id()).mapTo(Long.class).one());
  }

  /** An index that is there; one that is not valid was left half built. */
  record Found(String name, String method, int lists, boolean valid) {
    VectorIndex index() {
      return new VectorIndex(method, lists);
    }
  }

  private Map<String, Found> found(VectorModel model) {
    return database.ask(sql -> sql.createQuery("""
            select c.relname as name, a.amname as method, i.indisvalid as valid,
                   coalesce((select option_value::int from pg_options_to_table(c.reloptions) where option_name = 'lists'), 0) as lists
              from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
             where i.indrelid = 'message_embedding'::regclass and c.relname in (:present, :next)""")
        .bind("present", name(model)).bind("next", name(model) + NEXT).map(Database.to(Found.class)).list()).stream()
        .collect(Collectors.toMap(Found::name, found -> found));
  }

  private static String name(VectorModel model) {
    return "message_embedding_near_" + model.id();
  }

  /** Builds the index as it is wished for. May be ended at any moment, and goes on from there when it is called again. */
  protected void rebuild(VectorModel model) {
    String present = name(model);
    String next = present + NEXT;
    Found begun = found(model).get(next);
    if (begun == null || !begun.valid() || !wish.isMetBy(begun.index(), vectors(model))) {
      tell("drop index concurrently if exists " + next, wish.over(vectors(model)).statement(next, model));
    }
    tell("drop index concurrently if exists " + present, "alter index " + next + " rename to " + present);
  }

  /** Each statement alone: these may be part of no transaction. */
  private void tell(String... statements) {
    try (Connection connection = patient.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("set maintenance_work_mem = '256MB'");
      for (String sql : statements) {
        statement.execute(sql);
      }
      statement.execute("reset maintenance_work_mem");
    } catch (SQLException e) {
      throw new IllegalStateException("The index of neighbours was not built; the one before still answers", e);
    }
  }
}
