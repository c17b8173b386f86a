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
 * The quantised all-MiniLM-L6-v2 of langchain4j, run on onnxruntime directly. One thread computes one text: parallel
 * callers use the cores better than several threads on one small matrix, and texts padded into one tensor would change
 * each other's vectors, because the model's int8 scale is computed over the whole tensor. Thread-safe.
 */
final class MiniLmModel implements AutoCloseable {

  static final int DIMENSION = 384;
  /** Maximum input of the model; only the beginning of a longer text is used. */
  static final int MAX_TOKENS = 256;
  /** A text is truncated before it is tokenized, which bounds the cost of hostile texts. */
  private static final int MAX_TEXT_LENGTH = MAX_TOKENS * 40;
  private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final WordPieceTokenizer tokenizer = WordPieceTokenizer.load();
  /** Closing the session during a computation would crash the process, so closing waits for running computations. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

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

  /** The unit vector of a text. */
  float[] embed(String text) {
    long[] ids = tokenizer.encode(text.substring(0, Math.min(text.length(), MAX_TEXT_LENGTH)), MAX_TOKENS);
    lock.readLock().lock();
    try {
      return embed(ids);
    } catch (OrtException e) {
      throw new IllegalStateException("The embedding model failed", e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private float[] embed(long[] ids) throws OrtException {
    long[] shape = {1, ids.length};
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1);
    try (var input = tensor(ids, shape);
        var attention = tensor(mask, shape);
        var types = tensor(new long[ids.length], shape);
        var result = session.run(Map.of("input_ids", input, "attention_mask", attention, "token_type_ids", types))) {
      return normalize(sum(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length));
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /** Mean pooling without the division, because the result is normalised. */
  private static float[] sum(FloatBuffer tokens, int count) {
    float[] sum = new float[DIMENSION];
    for (int token = 0; token < count; token++) {
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] += tokens.get(token * DIMENSION + i);
      }
    }
    return sum;
  }

  static float[] normalize(float[] vector) {
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
    lock.writeLock().lock();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("The embedding model cannot be closed", e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
