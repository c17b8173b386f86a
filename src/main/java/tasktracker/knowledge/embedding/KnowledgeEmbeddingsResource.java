package tasktracker.knowledge.embedding;

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
import tasktracker.embedding.EmbeddingsResource.Embedded;
import tasktracker.embedding.EmbeddingsResource.Enqueued;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;

/** API that computes vectors of atoms and topics immediately, for repairs; normally jobs compute them. */
@RequestScoped
@Path("/api/v1/embeddings")
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
@Produces(MediaType.APPLICATION_JSON)
public class KnowledgeEmbeddingsResource {

  /** The atoms to embed; the provider is ignored, because there is one model. */
  public record AtomBatch(@Nullable List<UUID> atomIds, @Nullable String providerId) {}

  private static final int MAX_ATOMS = 10_000;

  private final KnowledgeEmbeddings embeddings;
  private final Jobs jobs;

  @Inject
  public KnowledgeEmbeddingsResource(KnowledgeEmbeddings embeddings, Jobs jobs) {
    this.embeddings = embeddings;
    this.jobs = jobs;
  }

  @POST
  @Path("atoms/{id}")
  public Embedded embedAtom(@PathParam("id") UUID id) {
    return embed(EmbeddedType.ATOM, id, "problem.none.atom");
  }

  @POST
  @Path("topics/{id}")
  public Embedded embedTopic(@PathParam("id") UUID id) {
    return embed(EmbeddedType.TOPIC, id, "problem.none.topic");
  }

  private Embedded embed(EmbeddedType type, UUID id, String noneKey) {
    boolean wasEmbedded = find(type, id, noneKey).vector() != null;
    try {
      embeddings.embed(type, List.of(id));
    } catch (EmbedderUnavailable e) {
      throw Problem.unavailable("The embedding model is not responding. Try again in a moment.");
    }
    float[] vector = find(type, id, noneKey).vector();
    if (vector == null) {
      throw Problem.unprocessable("The embedding model refused this text. It is listed as a failed item on the page Jobs.");
    }
    return new Embedded(id, vector.length, wasEmbedded ? "skipped" : "completed");
  }

  private KnowledgeEmbeddings.Stored find(EmbeddedType type, UUID id, String noneKey) {
    return embeddings.find(type, List.of(id)).stream().findFirst()
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of(noneKey)));
  }

  @POST
  @Path("atoms/batch")
  @ResponseType(status = 202, value = Enqueued.class)
  public Response embedAtoms(@Nullable AtomBatch request) {
    List<UUID> ids = request == null || request.atomIds() == null
        ? List.of()
        : request.atomIds().stream().filter(Objects::nonNull).distinct().toList();
    if (request == null || ids.isEmpty() || ids.size() > MAX_ATOMS) {
      throw Problem.badRequest("atom_ids must contain from 1 to " + MAX_ATOMS + " IDs.");
    }
    List<UUID> existing = embeddings.findExistingAtoms(ids);
    if (existing.isEmpty()) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.atom"));
    }
    UUID job = jobs.enqueue(new EmbedAtoms(existing));
    return Response.accepted(new Enqueued(job, existing.size(), request.providerId())).build();
  }
}
