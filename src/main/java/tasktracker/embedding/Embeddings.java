package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.LocalEmbedder;

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

  private final EmbeddingClaims claims = new EmbeddingClaims();
  private @Nullable VectorStore store;
  private @Nullable VectorModels models;
  private @Nullable Embedder embedder;
  private @Nullable LocalEmbedder local;

  protected Embeddings() {}

  @Inject
  public Embeddings(VectorStore store, VectorModels models, Embedder embedder, LocalEmbedder local) {
    this.store = store;
    this.models = models;
    this.embedder = embedder;
    this.local = local;
  }

  /**
   * Computes and stores the missing vectors of these messages, of the configured model and, if it differs, of the model in
   * use for searches. Idempotent. Must not be called in a transaction.
   *
   * @throws Embedder.EmbedderUnavailable when the model is temporarily unavailable; the call may be retried
   */
  public void embed(Collection<UUID> messages) {
    embedMissing(embedder, messages);
    ActiveModel answering = activeModel();
    if (answering.model().id() != models.of(embedder).id()) {
      embedMissing(answering.embedder(), messages);
    }
  }

  /**
   * The vectors of these messages by the in-process model; missing ones are computed and stored. Messages without text have
   * none. Must not be called in a transaction.
   */
  public Map<UUID, float[]> localVectors(Collection<UUID> messages) {
    embedMissing(local, messages);
    return store.vectors(models.of(local), messages);
  }

  /** The stored vectors of these messages by the configured model. */
  public Map<UUID, float[]> vectors(Collection<UUID> messages) {
    return store.vectors(models.of(embedder), messages);
  }

  private void embedMissing(Embedder by, Collection<UUID> messages) {
    VectorModel model = models.of(by);
    claims.run(model, messages, claimed -> {
      List<VectorStore.Text> texts = store.findWithoutVector(model, claimed);
      if (!texts.isEmpty()) {
        store.save(model, texts, by.embed(texts.stream().map(VectorStore.Text::content).toList()));
      }
    });
  }

  /** The next messages, by id, without a vector of the configured model. */
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

  /** True when vectors are missing, or another model than the configured one is active. */
  boolean isBehind() {
    return models.findActive().filter(model -> model.name().equals(embedder.modelId())).isEmpty() || counts().toEmbed() > 0;
  }

  /** Activates the configured model for searches. */
  void activate() {
    models.activate(models.of(embedder));
  }

  /** The model in use for searches. */
  public record ActiveModel(VectorModel model, Embedder embedder) {}
}
