package tasktracker.embedding;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;

/** API that computes vectors of messages immediately, for repairs; normally jobs compute them. */
@RequestScoped
@Path("/api/v1/embeddings/messages")
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
@Produces(MediaType.APPLICATION_JSON)
public class EmbeddingsResource {

  /** Result for one message; {@code skipped} when it already had its vector. */
  public record Embedded(UUID id, int embeddingLength, String status) {}

  /** The messages to embed; the provider is ignored, because there is one model. */
  public record Batch(@Nullable List<UUID> messageIds, @Nullable String providerId) {}

  /** A job was enqueued. */
  public record Enqueued(UUID taskId, int count, @Nullable String providerId) {}

  private static final int MAX_MESSAGES = 10_000;

  private final Embeddings embeddings;
  private final Feed feed;
  private final Jobs jobs;

  @Inject
  public EmbeddingsResource(Embeddings embeddings, Feed feed, Jobs jobs) {
    this.embeddings = embeddings;
    this.feed = feed;
    this.jobs = jobs;
  }

  @POST
  @Path("{id}")
  public Embedded one(@PathParam("id") UUID id) {
    MessageItem message = feed.find(id).orElseThrow(() -> Problem.notFound("message with this id"));
    if (message.content().isBlank()) {
      throw Problem.badRequest("This message has no text.");
    }
    boolean wasEmbedded = !embeddings.vectors(List.of(id)).isEmpty();
    try {
      embeddings.embed(List.of(id));
    } catch (EmbedderUnavailable e) {
      throw Problem.unavailable("The embedding model is not responding. Try again in a moment.");
    }
    float[] vector = embeddings.vectors(List.of(id)).get(id);
    if (vector == null) {
      throw new Problem(422, "Unprocessable content",
          "The embedding model refused this message. It is listed as a failed item on the page Jobs.");
    }
    return new Embedded(id, vector.length, wasEmbedded ? "skipped" : "completed");
  }

  @POST
  @Path("batch")
  @ResponseType(status = 202, value = Enqueued.class)
  public Response batch(@Nullable Batch request) {
    List<UUID> ids = request == null || request.messageIds() == null
        ? List.of()
        : request.messageIds().stream().filter(Objects::nonNull).distinct().toList();
    if (request == null || ids.isEmpty() || ids.size() > MAX_MESSAGES) {
      throw Problem.badRequest("message_ids must contain from 1 to " + MAX_MESSAGES + " IDs.");
    }
    List<UUID> existing = feed.previews().find(ids).stream().map(MessageItem::id).toList();
    if (existing.isEmpty()) {
      throw Problem.notFound("message with any of these ids");
    }
    UUID job = jobs.enqueue(new EmbedMessages(existing));
    return Response.accepted(new Enqueued(job, existing.size(), request.providerId())).build();
  }
}
