package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;

/**
 * The vectors of all messages by model. A message with text has one vector of each model in use; an edit deletes its
 * vectors until it is embedded again.
 */
@ApplicationScoped
public class Embeddings {

  /**
   * Progress of embedding.
   *
   * @param embedded messages with a vector of the configured model
   * @param toEmbed messages with text and without one
   */
  public record Counts(long embedded, long toEmbed) {}

  /**
   * Vectors of messages, and the failures of those that could not be embedded.
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

  /** Kind of the failed items of embedding. */
  static final String KIND = "embed_message";

  private static final int MAX_MISSING = 100;
  private final EmbeddingClaims claims = new EmbeddingClaims();
  private final VectorStore store;
  private final VectorModels models;
  private final Embedder embedder;
  private final LocalEmbedder local;
  private final FailedItems failedItems;

  @Inject
  public Embeddings(VectorStore store, VectorModels models, Embedder embedder, LocalEmbedder local, FailedItems failedItems) {
    this.store = store;
    this.models = models;
    this.embedder = embedder;
    this.local = local;
    this.failedItems = failedItems;
  }

  /**
   * Computes and stores the missing vectors of these messages, of the configured model and, if it differs, of the model in
   * use for searches. A message that cannot be embedded becomes a failed item; the others get their vectors. Idempotent.
   * Must not be called in a transaction.
   *
   * @throws Embedder.EmbedderUnavailable when the model is temporarily unavailable; the call may be retried
   */
  public void embed(Collection<UUID> messages) {
    Map<UUID, Throwable> failures = new HashMap<>(embedMissing(embedder, messages));
    ActiveModel active = activeModel();
    if (active.model().id() != models.of(embedder).id()) {
      failures.putAll(embedMissing(active.embedder(), messages));
    }
    recordFailures(messages, failures);
  }

  private void recordFailures(Collection<UUID> messages, Map<UUID, Throwable> failures) {
    failures.forEach((message, cause) -> failedItems.record(KIND, FailedItems.Failure.ofMessage(message, cause)));
    failedItems.clear(KIND, messages.stream().filter(message -> !failures.containsKey(message)).toList());
  }

  /**
   * The vectors of these messages by the in-process model; missing ones are computed and stored. Messages without text have
   * none. Must not be called in a transaction.
   */
  public Map<UUID, float[]> localVectors(Collection<UUID> messages) {
    return tryLocalVectors(messages).found();
  }

  /** As {@link #localVectors}, with the failures of messages that could not be embedded. */
  public Vectors tryLocalVectors(Collection<UUID> messages) {
    Map<UUID, Throwable> failures = embedMissing(local, messages);
    return new Vectors(store.vectors(models.of(local), messages), failures);
  }

  /** The stored vectors of these messages by the configured model. */
  public Map<UUID, float[]> vectors(Collection<UUID> messages) {
    return store.vectors(models.of(embedder), messages);
  }

  /** @return the failures of messages that could not be embedded, by message */
  private Map<UUID, Throwable> embedMissing(Embedder by, Collection<UUID> messages) {
    VectorModel model = models.of(by);
    Map<UUID, Throwable> failures = new HashMap<>();
    // Messages that another thread has embedded without success are tried again here, so that each caller learns of the failure.
    for (Collection<UUID> left = messages; !left.isEmpty();) {
      left = claims.run(model, left, mine -> ItemIsolation.run(mine, some -> embedMissing(by, model, some), failures::put));
    }
    return failures;
  }

  private void embedMissing(Embedder by, VectorModel model, List<UUID> messages) {
    List<VectorStore.Text> texts = store.findWithoutVector(model, messages);
    if (!texts.isEmpty()) {
      store.save(model, texts, by.embed(texts.stream().map(VectorStore.Text::content).toList()));
    }
  }

  /** The next messages, by id, without a vector of the configured model, except failed items. */
  List<UUID> findMissing(UUID last, int limit) {
    return store.findWithoutVectorAfter(models.of(embedder), last, limit);
  }

  /** Progress of the configured model; reads a few rows, however many messages there are. */
  public Counts counts() {
    return models.counts(models.of(embedder));
  }

  /** The model to search with, and its embedder for queries. */
  public ActiveModel activeModel() {
    VectorModel present = models.of(embedder);
    return models.findActive().filter(model -> model.id() != present.id() && model.name().equals(local.modelId()))
        .map(model -> new ActiveModel(model, local)).orElseGet(() -> new ActiveModel(present, embedder));
  }

  /** True when vectors are missing, except those of failed items. */
  boolean hasMissing() {
    return counts().toEmbed() > failedItems.count(KIND);
  }

  /** True when vectors are missing, except those of failed items, or another model than the configured one is active. */
  boolean isBehind() {
    return models.findActive().filter(model -> model.name().equals(embedder.modelId())).isEmpty() || hasMissing();
  }

  /**
   * Whether the configured model may be used for searches: at most half of the messages, or a few, have no vector. When it
   * refuses more than that, the model itself is at fault.
   */
  boolean canActivate() {
    Counts counts = counts();
    return counts.toEmbed() <= Math.max(MAX_MISSING, counts.embedded());
  }

  /** Activates the configured model for searches. */
  void activate() {
    models.activate(models.of(embedder));
  }

  /** The model in use for searches. */
  public record ActiveModel(VectorModel model, Embedder embedder) {}
}
