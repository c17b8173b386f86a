package tasktracker.embedding;

/**
 * An index of neighbours, as it is wished for or found.
 *
 * @param method {@code hnsw} or {@code ivfflat}
 * @param lists into how many an ivfflat one is parted; 0 when wished for by the number of vectors
 */
public record VectorIndex(String method, int lists) {

  private static final int MOST_LISTS = 32_768;
  private static final int FEWEST_LISTS = 10;
  /** Lists may grow or shrink so much with the messages before they are made anew. */
  private static final int LEEWAY = 4;

  /** @throws IllegalStateException naming the setting that is none */
  static VectorIndex wished(String method, int lists) {
    if (!method.equals("hnsw") && !method.equals("ivfflat")) {
      throw new IllegalStateException("VECTOR_INDEX is " + method + "; it can be hnsw (quick) or ivfflat (small)");
    }
    if (lists < 0 || lists > MOST_LISTS) {
      throw new IllegalStateException("VECTOR_INDEX_LISTS is " + lists + "; it can be from 1 to " + MOST_LISTS
          + ", or 0 to go by the number of messages");
    }
    return new VectorIndex(method, lists);
  }

  /** The same with its lists counted: one for each thousand vectors, fewer when there are more than a million. */
  VectorIndex over(long vectors) {
    long counted = vectors <= 1_000_000 ? vectors / 1_000 : Math.round(Math.sqrt(vectors));
    return isParted() && lists == 0 ? new VectorIndex(method, Math.clamp(counted, FEWEST_LISTS, MOST_LISTS)) : this;
  }

  /** True when what was found does for this wish. */
  boolean isMetBy(VectorIndex found, long vectors) {
    int wanted = over(vectors).lists;
    return method.equals(found.method) && (!isParted() || found.lists == wanted
        || lists == 0 && found.lists <= wanted * LEEWAY && wanted <= found.lists * LEEWAY);
  }

  private boolean isParted() {
    return method.equals("ivfflat");
  }

  /** What makes it, over the settled vectors of the model. Every part is a number or a name of ours. */
  String statement(String name, VectorModel model) {
    String options = isParted() ? "lists = " + lists : "m = 16, ef_construction = 64";
    return "create index concurrently %s on message_embedding using %s ((vector::%s) %s) with (%s) where settled and model_id = %d"
        .formatted(name, method, model.type(), model.operators(), options, model.id());
  }

  @Override
  public String toString() {
    return isParted() && lists > 0 ? method + " (" + lists + ")" : method;
  }
}
