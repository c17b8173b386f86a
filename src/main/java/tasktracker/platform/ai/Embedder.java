package tasktracker.platform.ai;

import java.util.List;
import tasktracker.platform.batch.BatchFailure;

/** Embedding model: converts texts into vectors whose cosine similarity reflects the similarity of their meanings. */
public interface Embedder {

  /** Name of the model, stored with every vector; vectors of different models are never compared. */
  String modelId();

  int dimension();

  /**
   * The unit vectors of the texts, in their order.
   *
   * @throws EmbedderUnavailable when the model is temporarily unavailable; the call may be retried
   */
  List<float[]> embed(List<String> texts);

  /** The model is unavailable: down, rate-limited, or refusing all requests. A refused text is a {@link RemoteEmbedder.TextRefused}. */
  class EmbedderUnavailable extends RuntimeException implements BatchFailure {
    private static final long serialVersionUID = 1L;

    public EmbedderUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
