package tasktracker.platform.ai;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The quantised all-MiniLM-L6-v2 that langchain4j ships, run on onnxruntime directly. One thread computes one text:
 * several callers side by side use the cores better than several threads on one small matrix, and texts padded into
 * one tensor would change each other's vectors, because the model's int8 scale is taken over the whole tensor.
 */
final class MiniLmModel implements AutoCloseable {

  static final int DIMENSION = 384;
  /** What the model was trained for; a longer text is judged by its beginning. */
  static final int LONGEST = 256;
  /** A text is cut before its tokens are counted, so that a hostile one costs no more than a long one. */
  private static final int LONGEST_TEXT = LONGEST * 40;
  private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final WordPieceTokenizer words = WordPieceTokenizer.load();
  /** Closing under a running computation would take the process down: whoever closes waits for those who compute. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private MiniLmModel(OrtSession session) {
    this.session = session;
  }

  static MiniLmModel load() {
    try (InputStream in = MiniLmModel.class.getResourceAsStream(WEIGHTS); var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new MiniLmModel(OrtEnvironment.getEnvironment().createSession(in.readAllBytes(), options));
    } catch (IOException | OrtException e) {
      throw new IllegalStateException("The embedding model cannot be loaded", e);
    }
  }

  /** The unit vector of a text. Safe for use by many threads. */
  float[] embed(String text) {
    long[] ids = words.encode(text.substring(0, Math.min(text.length(), LONGEST_TEXT)), LONGEST);
    use.readLock().lock();
    try {
      return embed(ids);
    } catch (OrtException e) {
      throw new IllegalStateException("The embedding model failed", e);
    } finally {
      use.readLock().unlock();
    }
  }

  private float[] embed(long[] ids) throws OrtException {
    long[] shape = {1, ids.length};
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1);
    try (var input = tensor(ids, shape); var attention = tensor(mask, shape); var types = tensor(new long[ids.length], shape);
        var result = session.run(Map.of("input_ids", input, "attention_mask", attention, "token_type_ids", types))) {
      return unit(sum(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length));
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /** Mean pooling, up to a factor that normalising takes away. */
  private static float[] sum(FloatBuffer tokens, int count) {
    float[] sum = new float[DIMENSION];
    for (int token = 0; token < count; token++) {
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] += tokens.get(token * DIMENSION + i);
      }
    }
    return sum;
  }

  static float[] unit(float[] vector) {
    double square = 0;
    for (float x : vector) {
      square += x * x;
    }
    float factor = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
    return vector;
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("The embedding model cannot be closed", e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
