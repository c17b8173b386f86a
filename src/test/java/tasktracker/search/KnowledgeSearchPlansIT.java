package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.QueryPlans;

/** What is similar to a text is read from the vector indexes of atoms and topics, however many there are. */
class KnowledgeSearchPlansIT {

  private static QueryPlans plans;

  @BeforeAll
  static void storeAThousandAtomsAndTopics() {
    plans = new QueryPlans();
    plans.fill("""
        select setseed(.5);
        insert into atom (id, type, title, content, status, fingerprint, said_at, created_by, vector)
        select gen_random_uuid(), 'decision', 'Title ' || n, 'Content', case n % 10 when 0 then 'rejected' when 1 then 'approved' else 'pending' end,
               sha256(n::text::bytea), now(), 'builtin', (select array_agg(random() - .5) from generate_series(1, 384 + n * 0))::vector
          from generate_series(1, 1000) n;
        insert into topic (id, name, name_key, icon, color, created_by, vector)
        select gen_random_uuid(), 'Topic ' || n, 'topic ' || n, 'folder', '#64748B', 'test',
               (select array_agg(random() - .5) from generate_series(1, 384 + n * 0))::vector from generate_series(1, 1000) n;
        """);
  }

  @AfterAll
  static void drop() {
    plans.close();
  }

  private static float[] vector(Database db) {
    return db.ask(sql -> sql.createQuery("select vector::real[] as vector from atom where title = 'Title 11'")
        .map((row, context) -> tasktracker.knowledge.topic.TopicStore.vector((Float[]) row.getArray("vector").getArray())).one());
  }

  private static void assertUses(String index, Consumer<Database> work) {
    assertThat(plans.of(work)).contains("Index Scan using " + index);
  }

  @Test
  void searchFindsTheNearestByTheIndex() {
    float[][] vector = new float[1][];
    plans.of(db -> vector[0] = vector(db));
    assertUses("atom_near", db -> assertThat(nearest(db, KnowledgeType.ATOMS, vector[0])).isEqualTo(10));
    assertUses("topic_near", db -> assertThat(nearest(db, KnowledgeType.TOPICS, vector[0])).isEqualTo(10));
  }

  private static int nearest(Database db, KnowledgeType type, float[] vector) {
    return db.ask(sql -> SemanticSearch.bindVector(sql, type.nearest(), vector).bind("limit", 10).mapTo(UUID.class).list()).size();
  }

  @Test
  void theAtomThatSaysTheSameIsFoundByTheIndex() {
    float[][] vector = new float[1][];
    plans.of(db -> vector[0] = vector(db));
    assertUses("atom_near", db -> assertThat(new AtomStore(db).findMostSimilar(vector[0], .85)).get()
        .extracting(AtomStore.Similar::title).isEqualTo("Title 11"));
  }
}
