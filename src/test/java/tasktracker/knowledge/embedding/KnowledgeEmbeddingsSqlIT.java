package tasktracker.knowledge.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;

/** Vectors of atoms on a database, with a model that refuses some texts. */
class KnowledgeEmbeddingsSqlIT {

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

  /** Gives every text the same vector, refuses texts with "refused", and lets somebody write in between. */
  private static final class SampleModel extends LocalEmbedder {
    private final Runnable meanwhile;

    private SampleModel(Runnable meanwhile) {
      super(Executors.defaultThreadFactory());
      this.meanwhile = meanwhile;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
      meanwhile.run();
      if (texts.stream().anyMatch(text -> text.contains("refused"))) {
        throw new IllegalArgumentException("This text is refused");
      }
      return texts.stream().map(text -> {
        float[] vector = new float[384];
        vector[0] = 1;
        return vector;
      }).toList();
    }
  }

  private static KnowledgeEmbeddings embeddings(Runnable meanwhile) {
    return new KnowledgeEmbeddings(database, new SampleModel(meanwhile), new FailedItems(database, (event, data) -> {}));
  }

  private static UUID atom(String title) {
    UUID id = UUID.randomUUID();
    database.run(sql -> sql.execute("""
        insert into atom (id, type, title, content, status, fingerprint, said_at, created_by)
        values (?, 'insight', ?, 'content', 'pending', ?, now(), 'olena')""", id, title, id.toString().getBytes()));
    return id;
  }

  private static boolean hasVector(UUID atom) {
    return embeddings(() -> {}).find(EmbeddedType.ATOM, List.of(atom)).getFirst().vector() != null;
  }

  private static long failures(UUID atom) {
    return database.ask(sql -> sql.createQuery("select count(*) from failed_item where kind = 'embed_atom' and item = :item")
        .bind("item", atom.toString()).mapTo(Long.class).one());
  }

  @Test
  void aRefusedTextIsSetAsideAndTheOthersGetTheirVectors() {
    UUID first = atom("first");
    UUID refused = atom("refused");
    UUID last = atom("last");
    embeddings(() -> {}).embed(EmbeddedType.ATOM, List.of(first, refused, last));
    assertThat(List.of(hasVector(first), hasVector(refused), hasVector(last))).containsExactly(true, false, true);
    assertThat(failures(refused)).isOne();

    database.run(sql -> sql.execute("update atom set title = 'corrected' where id = ?", refused));
    embeddings(() -> {}).embed(EmbeddedType.ATOM, List.of(refused));
    assertThat(hasVector(refused)).isTrue();
    assertThat(failures(refused)).isZero();
  }

  @Test
  void aTextThatChangedMeanwhileGetsNoVectorOfTheFormerOne() {
    UUID atom = atom("before");
    embeddings(() -> database.run(sql -> sql.execute("update atom set title = 'after' where id = ?", atom)))
        .embed(EmbeddedType.ATOM, List.of(atom));
    assertThat(hasVector(atom)).isFalse();
    embeddings(() -> {}).embed(EmbeddedType.ATOM, List.of(atom));
    assertThat(hasVector(atom)).isTrue();
  }

  @Test
  void whatHasAVectorIsNotEmbeddedAgain() {
    UUID atom = atom("once");
    embeddings(() -> {}).embed(EmbeddedType.ATOM, List.of(atom));
    embeddings(() -> {
      throw new AssertionError("The model is asked again");
    }).embed(EmbeddedType.ATOM, List.of(atom));
  }
}
