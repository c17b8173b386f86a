package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;

/**
 * The vectors of all messages, per model. A message with text gets one vector of each model in use; an edit takes its
 * vectors away until it is embedded again.
 */
@ApplicationScoped
public class Embeddings {

  /**
   * How far the work is.
   *
   * @param embedded messages that the model of this installation knows
   * @param toEmbed messages with text that it does not know yet
   */
  public record Counts(long embedded, long toEmbed) {}

  /**
   * Vectors of messages, and what went wrong with those that could not be embedded.
   *
   * @param failures by message; a message that is in neither map has no text, or is gone
   */
  public record Vectors(Map<UUID, float[]> found, Map<UUID, Throwable> failures) {

    public static final Vectors NONE = new Vectors(Map.of(), Map.of());

    /** The vector of the message, or the other one when it has none. */
    public float[] of(UUID message, float[] otherwise) {
      return found.getOrDefault(message, otherwise);
    }
  }

  /** What failed items of embedding are listed as. */
  static final String KIND = "embed_message";

  private static final int FEW = 100;
  private final EmbeddingClaims claims = new EmbeddingClaims();
  private @Nullable VectorStore store;
  private @Nullable VectorModels models;
  private @Nullable Embedder embedder;
  private @Nullable LocalEmbedder local;
  private @Nullable FailedItems failedItems;

  protected Embeddings() {}

  @Inject
  public Embeddings(VectorStore store, VectorModels models, Embedder embedder, LocalEmbedder local, FailedItems failedItems) {
    this.store = store;
    this.models = models;
    this.embedder = embedder;
    this.local = local;
    this.failedItems = failedItems;
  }

  /**
   * Computes and stores what is missing of these messages' vectors, of the model of this installation and, as long as
   * an earlier one still answers, of that. Doing it again is harmless. A message that cannot be embedded is set aside and
   * listed as a failed item, the others get their vectors. Call it outside of any transaction.
   *
   * @throws Embedder.EmbedderUnavailable when the model does not answer; worth trying again
   */
  public void embed(Collection<UUID> messages) {
    Map<UUID, Throwable> failures = new HashMap<>(embedMissing(embedder, messages));
    Answering answering = answering();
    if (answering.model().id() != models.of(embedder).id()) {
      failures.putAll(embedMissing(answering.embedder(), messages));
    }
    list(messages, failures);
  }

  private void list(Collection<UUID> messages, Map<UUID, Throwable> failures) {
    failures.forEach((message, cause) -> failedItems.record(KIND, FailedItems.Failure.ofMessage(message, cause)));
    failedItems.clear(KIND, messages.stream().filter(message -> !failures.containsKey(message)).toList());
  }

  /**
   * The vectors that the model inside this process gives these messages, stored ones and new ones, which are stored
   * on the way. Messages without text have none. Call it outside of any transaction.
   */
  public Map<UUID, float[]> localVectors(Collection<UUID> messages) {
    return tryLocalVectors(messages).found();
  }

  /** As {@link #localVectors}, with what went wrong with those messages that could not be embedded. */
  public Vectors tryLocalVectors(Collection<UUID> messages) {
    Map<UUID, Throwable> failures = embedMissing(local, messages);
    return new Vectors(store.vectors(models.of(local), messages), failures);
  }

  /** The vectors that the model of this installation gave these messages so far. */
  public Map<UUID, float[]> vectors(Collection<UUID> messages) {
    return store.vectors(models.of(embedder), messages);
  }

  /** What went wrong with those that could not be embedded, by message. */
  private Map<UUID, Throwable> embedMissing(Embedder by, Collection<UUID> messages) {
    VectorModel model = models.of(by);
    Map<UUID, Throwable> failures = new HashMap<>();
    claims.work(model, messages, mine -> ItemIsolation.run(mine, some -> embedMissing(by, model, some), failures::put));
    return failures;
  }

  private void embedMissing(Embedder by, VectorModel model, List<UUID> messages) {
    List<VectorStore.Text> texts = store.withoutVector(model, messages);
    if (!texts.isEmpty()) {
      store.save(model, texts, by.embed(texts.stream().map(VectorStore.Text::content).toList()));
    }
  }

  /** The next messages, by id, that the model of this installation does not know; failed items are left out. */
  List<UUID> missingAfter(UUID last, int limit) {
    return store.withoutVectorAfter(models.of(embedder), last, limit);
  }

  /** How far the work of the model of this installation is; reads a few rows, however many messages there are. */
  public Counts counts() {
    return models.counts(models.of(embedder));
  }

  /** By which model to search now, and who turns the question into its vector. */
  public Answering answering() {
    VectorModel present = models.of(embedder);
    return models.answering().filter(model -> model.id() != present.id() && model.name().equals(local.modelId()))
        .map(model -> new Answering(model, local)).orElseGet(() -> new Answering(present, embedder));
  }

  /** True when messages wait for their vectors and are not listed as failed items, or another model than this installation's still answers. */
  boolean isBehind() {
    return models.answering().filter(model -> model.name().equals(embedder.modelId())).isEmpty()
        || counts().toEmbed() > failedItems.count(KIND);
  }

  /** Whether the model of this installation knows at least half of the messages: one that refuses more is itself at fault, if they are many. */
  boolean canAnswer() {
    Counts counts = counts();
    return counts.toEmbed() <= Math.max(FEW, counts.embedded());
  }

  /** From now on the model of this installation answers. */
  void switchOver() {
    models.letAnswer(models.of(embedder));
  }

  /** A model that can be searched by. */
  public record Answering(VectorModel model, Embedder embedder) {}
}
