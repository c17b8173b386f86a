package tasktracker.embedding;

/**
 * An embedding model in the database.
 *
 * @param id number that is stored with each vector
 * @param name the embedder's {@code modelId}
 * @param dimension length of its vectors
 */
public record VectorModel(int id, String name, int dimension) {

  /** Maximum dimension that pgvector indexes in single precision; in half precision it is twice as much. */
  private static final int MAX_DIMENSION = 2_000;
  private static final int MAX_HALF_DIMENSION = 4_000;

  /** True when its vectors can be indexed; longer ones are compared one by one. */
  boolean isIndexed() {
    return dimension <= MAX_HALF_DIMENSION;
  }

  /**
   * The type that its vectors are compared as. Queries must contain it and {@link #id} as literals, so that the planner uses
   * the model's index.
   */
  public String type() {
    return (dimension > MAX_DIMENSION && isIndexed() ? "halfvec(" : "vector(") + dimension + ")";
  }

  String operators() {
    return dimension > MAX_DIMENSION ? "halfvec_cosine_ops" : "vector_cosine_ops";
  }
}
