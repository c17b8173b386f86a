package tasktracker.embedding;

import javax.sql.DataSource;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.SchemaChanges;

/** Creates {@link Embeddings} without the container, for models whose index the migrations create. */
public final class TestEmbeddings {

  private TestEmbeddings() {}

  public static Embeddings over(Database database, Embedder embedder, LocalEmbedder local) {
    return new Embeddings(new VectorStore(database), new VectorModels(database, new SchemaChanges()), embedder, local,
        new FailedItems(database, (event, data) -> {}));
  }

  /** The same for models that get their index now. */
  public static Embeddings over(Database database, DataSource owner, Embedder embedder, LocalEmbedder local) {
    return new Embeddings(new VectorStore(database), new VectorModels(database, new SchemaChanges(owner)), embedder, local,
        new FailedItems(database, (event, data) -> {}));
  }
}
