package tasktracker.embedding;

import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.data.Database;

/** The vectors of a test database, made by the model inside the process. */
public final class TestEmbeddings {

  private TestEmbeddings() {}

  public static Embeddings of(Database database, LocalEmbedder local) {
    return new Embeddings(new VectorStore(database), new VectorModels(database), local, local);
  }
}
