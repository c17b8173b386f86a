package tasktracker.platform.ai;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The embedding model inside this process: all-MiniLM-L6-v2, English-centred, 384 dimensions, about 1 ms a chat line.
 *
 * <p>It is loaded in the background once the server has had time to become ready, or by the first who asks. A list of
 * texts is shared out over all cores; a single text, which is what a search asks for, is computed by its caller and
 * waits for nobody.
 */
@ApplicationScoped
@Typed(LocalEmbedder.class)
public class LocalEmbedder implements Embedder {

  /** Name under which its vectors are kept. */
  public static final String MODEL = "all-minilm-l6-v2-q";

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final long WARM_UP_SECONDS = 15;

  private final ScheduledThreadPoolExecutor cores = new ScheduledThreadPoolExecutor(CORES,
      Thread.ofPlatform().name("embedding-", 1).daemon().factory());
  private @Nullable CompletableFuture<MiniLmModel> model;

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
    // Longest first: no core is left with a long text when the others have nothing more to do.
    int[] order = IntStream.range(0, texts.size()).boxed()
        .sorted((a, b) -> texts.get(b).length() - texts.get(a).length()).mapToInt(i -> i).toArray();
    var next = new AtomicInteger();
    share(() -> {
      for (int i = next.getAndIncrement(); i < order.length; i = next.getAndIncrement()) {
        vectors[order[i]] = ready.embed(texts.get(order[i]));
      }
    });
    return List.of(vectors);
  }

  private void share(Runnable work) {
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
    CompletableFuture<MiniLmModel> loading;
    boolean mine;
    synchronized (this) {
      mine = model == null;
      loading = mine ? model = new CompletableFuture<>() : model;
    }
    if (mine) {
      load(loading);
    }
    return loading.join();
  }

  private void load(CompletableFuture<MiniLmModel> loading) {
    try {
      loading.complete(MiniLmModel.load());
    } catch (RuntimeException | LinkageError e) {
      synchronized (this) {
        model = null;
      }
      loading.completeExceptionally(new EmbedderUnavailable("The embedding model inside the server does not load", e));
    }
  }

  /** Waits for those who compute, and lets the model go. */
  @PreDestroy
  public synchronized void close() {
    cores.shutdownNow();
    if (model != null && model.isDone() && !model.isCompletedExceptionally()) {
      model.join().close();
    }
  }
}
