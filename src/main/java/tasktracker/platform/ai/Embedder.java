package tasktracker.platform.ai;

import java.util.List;
import tasktracker.platform.batch.BatchFailure;

/** Turns texts into vectors whose angle tells how near their meanings are. */
public interface Embedder {

  /** Name of the model, kept beside every vector; vectors of different models are never compared. */
  String modelId();

  int dimension();

  /**
   * The unit vectors of the texts, in their order.
   *
   * @throws EmbedderUnavailable when the model cannot be asked now; worth trying again
   */
  List<float[]> embed(List<String> texts);

  /** The model did not answer: down, over its limit, or refusing whoever asks. A single text that it refuses is not this. */
  class EmbedderUnavailable extends RuntimeException implements BatchFailure {
    private static final long serialVersionUID = 1L;

    public EmbedderUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
