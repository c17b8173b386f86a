package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;

/** The statements that find topics and atoms can be answered by their indexes, so that their cost does not grow. */
class KnowledgeIndexesIT {

  private static TestDatabase schema;
  private static Database database;

  @BeforeAll
  static void create() {
    schema = TestDatabase.create();
    database = new Database(schema.transactional());
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  /** The plan when nothing is read sequentially and only an index sorts: with few rows, the planner prefers that. */
  private static String plan(String statement, java.util.function.UnaryOperator<Query> binding) {
    return database.ask(sql -> {
      sql.execute("set local enable_seqscan = off");
      sql.execute("set local enable_sort = off");
      return String.join("\n", binding.apply(sql.createQuery("explain " + statement)).mapTo(String.class).list());
    });
  }

  @Test
  void fullTextSearchReadsTheIndexOfItsKind() {
    assertThat(plan(KnowledgeType.ATOMS.ranking(), KnowledgeIndexesIT::bindWords)).contains("knowledge_document_atoms");
    assertThat(plan(KnowledgeType.TOPICS.ranking(), KnowledgeIndexesIT::bindWords)).contains("knowledge_document_topics");
  }

  private static Query bindWords(Query query) {
    return query.bind("required", "'login'").bind("any", "'login'").bind("exact", "'login':A").bind("most", 5000).bind("limit", 50);
  }

  @Test
  void semanticSearchOfAtomsReadsTheVectorIndex() {
    assertThat(plan(KnowledgeType.ATOMS.nearest(), query -> {
      Float[] vector = new Float[384];
      java.util.Arrays.fill(vector, .05f);
      return query.bindArray("vector", Float.class, (Object[]) vector).bind("limit", 50);
    })).contains("atom_near");
  }
}
