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
   * Computes and stores what is missing of these messages' vectors, of the model of this installation and, as long as
   * an earlier one still answers, of that. Doing it again is harmless. Call it outside of any transaction.
   *
   * @throws Embedder.EmbedderUnavailable when the model does not answer; worth trying again
   */
  public void embed(Collection<UUID> messages) {
    embedMissing(embedder, messages);
    Answering answering = answering();
    if (answering.model().id() != models.of(embedder).id()) {
      embedMissing(answering.embedder(), messages);
    }
  }

  /**
   * The vectors that the model inside this process gives these messages, stored ones and new ones, which are stored
   * on the way. Messages without text have none. Call it outside of any transaction.
   */
  public Map<UUID, float[]> localVectors(Collection<UUID> messages) {
    embedMissing(local, messages);
    return store.vectors(models.of(local), messages);
  }

  /** The vectors that the model of this installation gave these messages so far. */
  public Map<UUID, float[]> vectors(Collection<UUID> messages) {
    return store.vectors(models.of(embedder), messages);
  }

  private void embedMissing(Embedder by, Collection<UUID> messages) {
    VectorModel model = models.of(by);
    claims.work(model, messages, mine -> {
      List<VectorStore.Text> texts = store.withoutVector(model, mine);
      if (!texts.isEmpty()) {
        store.save(model, texts, by.embed(texts.stream().map(VectorStore.Text::content).toList()));
      }
    });
  }

  /** The next messages, by id, that the model of this installation does not know. */
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

  /** True when messages wait for their vectors, or another model than this installation's still answers. */
  boolean isBehind() {
    return models.answering().filter(model -> model.name().equals(embedder.modelId())).isEmpty() || counts().toEmbed() > 0;
  }

  /** From now on the model of this installation answers. */
  void switchOver() {
    models.letAnswer(models.of(embedder));
  }

  /** A model that can be searched by. */
  public record Answering(VectorModel model, Embedder embedder) {}
}
