package tasktracker.embedding;

/**
 * Parameters of a vector index, as configured or as found in the database.
 *
 * @param method {@code hnsw} or {@code ivfflat}
 * @param lists number of lists of an ivfflat index; 0 to derive it from the number of vectors
 */
public record VectorIndex(String method, int lists) {

  private static final int MAX_LISTS = 32_768;
  private static final int MIN_LISTS = 10;
  /** The number of lists may differ from the ideal one by this factor before the index is rebuilt. */
  private static final int TOLERANCE = 4;

  /** @throws IllegalStateException naming the invalid setting */
  static VectorIndex configured(String method, int lists) {
    if (!method.equals("hnsw") && !method.equals("ivfflat")) {
      throw new IllegalStateException("VECTOR_INDEX is " + method + "; it can be hnsw (fast) or ivfflat (small)");
    }
    if (lists < 0 || lists > MAX_LISTS) {
      throw new IllegalStateException("VECTOR_INDEX_LISTS is " + lists + "; it can be from 1 to " + MAX_LISTS
          + ", or 0 to derive it from the number of messages");
    }
    return new VectorIndex(method, lists);
  }

  /** A copy with the number of lists for this many vectors: one for each thousand, their square root above a million. */
  VectorIndex sizedFor(long vectors) {
    long counted = vectors <= 1_000_000 ? vectors / 1_000 : Math.round(Math.sqrt(vectors));
    return hasLists() && lists == 0 ? new VectorIndex(method, Math.clamp(counted, MIN_LISTS, MAX_LISTS)) : this;
  }

  /** True when an existing index satisfies this configuration. */
  boolean isSatisfiedBy(VectorIndex found, long vectors) {
    int wanted = sizedFor(vectors).lists;
    return method.equals(found.method) && (!hasLists() || found.lists == wanted
        || lists == 0 && found.lists <= wanted * TOLERANCE && wanted <= found.lists * TOLERANCE);
  }

  private boolean hasLists() {
    return method.equals("ivfflat");
  }

  /** The statement that creates it. It contains only numbers and constant names, so it needs no escaping. */
  String statement(String name, VectorModel model) {
    String options = hasLists() ? "lists = " + lists : "m = 16, ef_construction = 64";
    return "create index concurrently %s on message_embedding using %s ((vector::%s) %s) with (%s) where settled and model_id = %d"
        .formatted(name, method, model.type(), model.operators(), options, model.id());
  }

  @Override
  public String toString() {
    return hasLists() && lists > 0 ? method + " (" + lists + ")" : method;
  }
}
