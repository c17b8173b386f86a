package tasktracker.embedding;

import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;

/** Creates vector indexes in the database of a test. */
public final class TestIndexes {

  private TestIndexes() {}

  /** Makes them so. */
  public static void rebuild(TestDatabase schema, Database database, String method, int lists) {
    var indexes = new VectorIndexes(database, schema.dataSource(), VectorIndex.configured(method, lists));
    indexes.status().stream().filter(of -> !of.isWanted()).forEach(of -> indexes.rebuild(of.model()));
  }

  /** How they stand for one who wants them so. */
  public static VectorIndexes wanting(TestDatabase schema, Database database, String method, int lists) {
    return new VectorIndexes(database, schema.dataSource(), VectorIndex.configured(method, lists));
  }
}
