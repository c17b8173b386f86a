package tasktracker.embedding;

/**
 * A model as the database knows it.
 *
 * @param id its number beside each vector
 * @param name the embedder's {@code modelId}
 * @param dimension length of its vectors
 */
public record VectorModel(int id, String name, int dimension) {

  /** pgvector indexes single precision up to here, and half precision up to twice as much. */
  private static final int LONGEST_INDEXED = 2_000;
  private static final int LONGEST_HALF_INDEXED = 4_000;

  /** True when there is an index to search by; longer vectors are compared one by one. */
  boolean isIndexed() {
    return dimension <= LONGEST_HALF_INDEXED;
  }

  /**
   * The type that its vectors are compared as. Queries must write it, and {@link #id}, as literals: that is how the
   * planner knows the model's own index.
   */
  public String type() {
    return (dimension > LONGEST_INDEXED && isIndexed() ? "halfvec(" : "vector(") + dimension + ")";
  }

  String operators() {
    return dimension > LONGEST_INDEXED ? "halfvec_cosine_ops" : "vector_cosine_ops";
  }
}
