package tasktracker.platform.ai;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The in-process embedding model: all-MiniLM-L6-v2, trained on English, 384 dimensions, about 1 ms for a chat message.
 *
 * <p>It is loaded in the background some seconds after the start, or on first use. A list of texts is distributed over all
 * cores; a single text, as in a search, is computed on the caller's thread without waiting for others. Thread-safe.
 */
@ApplicationScoped
@Typed(LocalEmbedder.class)
public class LocalEmbedder implements Embedder {

  /** Model id of its vectors. */
  public static final String MODEL = "all-minilm-l6-v2-q";

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final long WARM_UP_SECONDS = 15;

  /** One thread for each core, whoever asks: more would only wait for each other. */
  private final ScheduledThreadPoolExecutor cores;
  private @Nullable CompletableFuture<MiniLmModel> model;

  @Inject
  public LocalEmbedder(ThreadFactory threads) {
    this.cores = new ScheduledThreadPoolExecutor(CORES, threads);
  }

  void warmUp(@Observes Startup event) {
    cores.schedule(this::model, WARM_UP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public String modelId() {
    return MODEL;
  }

  @Override
  public int dimension() {
    return MiniLmModel.DIMENSION;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    MiniLmModel ready = model();
    if (texts.size() == 1) {
      return List.of(ready.embed(texts.getFirst()));
    }
    float[][] vectors = new float[texts.size()][];
    // Longest first, so that no core still computes a long text when the others are idle.
    int[] order = IntStream.range(0, texts.size()).boxed()
        .sorted((a, b) -> texts.get(b).length() - texts.get(a).length()).mapToInt(i -> i).toArray();
    var next = new AtomicInteger();
    runOnAllCores(() -> {
      for (int i = next.getAndIncrement(); i < order.length; i = next.getAndIncrement()) {
        vectors[order[i]] = ready.embed(texts.get(order[i]));
      }
    });
    return List.of(vectors);
  }

  private void runOnAllCores(Runnable work) {
    List<Future<?>> parts = new ArrayList<>();
    for (int core = 0; core < CORES; core++) {
      parts.add(cores.submit(work));
    }
    try {
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (InterruptedException e) {
      parts.forEach(part -> part.cancel(true));
      Thread.currentThread().interrupt();
      throw new EmbedderUnavailable("Stopped while embedding", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The embedding model failed", e.getCause());
    }
  }

  private MiniLmModel model() {
    CompletableFuture<MiniLmModel> loading = new CompletableFuture<>();
    CompletableFuture<MiniLmModel> earlier;
    synchronized (this) {
      earlier = model;
      model = earlier == null ? loading : earlier;
    }
    if (earlier != null) {
      return earlier.join();
    }
    load(loading);
    return loading.join();
  }

  private void load(CompletableFuture<MiniLmModel> loading) {
    try {
      loading.complete(MiniLmModel.load());
    } catch (RuntimeException | LinkageError e) {
      synchronized (this) {
        model = null;
      }
      loading.completeExceptionally(new EmbedderUnavailable("The in-process embedding model cannot be loaded", e));
    }
  }

  /** Waits for running computations and releases the model. */
  @PreDestroy
  public synchronized void close() {
    cores.shutdownNow();
    if (model != null && model.isDone() && !model.isCompletedExceptionally()) {
      model.join().close();
    }
  }
}
