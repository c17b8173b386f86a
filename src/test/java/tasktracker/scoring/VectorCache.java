package tasktracker.scoring;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A file cache of text vectors, because embedding a data set takes minutes. The file is locked while it is open, because
 * concurrent writes would corrupt it.
 */
public final class VectorCache implements AutoCloseable {

  private static final int DIMENSION = 384;
  private static final int RECORD = 16 + 4 * DIMENSION;
  private static final int BATCH = 64;

  private final Map<String, float[]> vectors = new HashMap<>();
  private final FileChannel file;
  private AllMiniLmL6V2QuantizedEmbeddingModel model;

  public VectorCache(Path path) throws IOException {
    if (Files.exists(path)) {
      load(path);
    }
    Files.createDirectories(path.toAbsolutePath().getParent());
    file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (file.tryLock() == null) {
      throw new IOException(path + " is in use by another process");
    }
    file.truncate(file.size() / RECORD * RECORD).position(file.size());
  }

  private void load(Path path) throws IOException {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 20))) {
      byte[] record = new byte[RECORD];
      while (in.readNBytes(record, 0, RECORD) == RECORD) {
        float[] vector = new float[DIMENSION];
        ByteBuffer.wrap(record, 16, RECORD - 16).asFloatBuffer().get(vector);
        vectors.put(HexFormat.of().formatHex(record, 0, 16), vector);
      }
    }
  }

  /** The vector of the text. */
  public float[] of(String text) {
    float[] known = vectors.get(key(text));
    if (known == null) {
      prepare(List.of(text));
      known = vectors.get(key(text));
    }
    return known;
  }

  /** Computes the missing vectors of these texts. */
  public void prepare(Collection<String> texts) {
    Map<String, String> missing = new LinkedHashMap<>();
    texts.stream().filter(text -> !vectors.containsKey(key(text))).forEach(text -> missing.put(key(text), text));
    List<String> list = new ArrayList<>(missing.values());
    for (int at = 0; at < list.size(); at += BATCH) {
      embed(list.subList(at, Math.min(list.size(), at + BATCH)));
    }
  }

  private void embed(List<String> texts) {
    if (model == null) {
      model = new AllMiniLmL6V2QuantizedEmbeddingModel(Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory()));
    }
    var made = model.embedAll(texts.stream().map(t -> TextSegment.from(t.isBlank() ? "." : t)).toList()).content();
    for (int i = 0; i < texts.size(); i++) {
      keep(key(texts.get(i)), made.get(i).vector());
    }
  }

  private void keep(String key, float[] vector) {
    ByteBuffer buffer = ByteBuffer.allocate(RECORD).put(HexFormat.of().parseHex(key));
    buffer.asFloatBuffer().put(vector);
    try {
      file.write(buffer.rewind());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    vectors.put(key, vector);
  }

  private static String key(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
