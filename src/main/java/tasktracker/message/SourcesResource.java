package tasktracker.message;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** REST resource of sources. */
@RequestScoped
@Path("/api/v1/sources")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SourcesResource {

  private static final Set<String> TYPES = Set.of("telegram", "slack", "email", "api");

  /** Request body that creates or changes a source. */
  public record SourceRequest(@Nullable String name, @Nullable String type, @Nullable Boolean isActive) {}

  private final Sources sources;
  private final Audit audit;

  @Inject
  public SourcesResource(Sources sources, Audit audit) {
    this.sources = sources;
    this.audit = audit;
  }

  /** Sources by name; a client with more than a thousand uses pages. */
  @GET
  @QueryParameters({"limit", "skip"})
  public List<Sources.Source> list(@BeanParam Query query) {
    return sources.page(limit(query), skip(query));
  }

  private static int limit(Query query) {
    return query.number("limit", 1000, 1, 1000);
  }

  private static int skip(Query query) {
    return query.number("skip", 0, 0, 1_000_000);
  }

  @GET
  @Path("{id}")
  public Sources.Source one(@PathParam("id") UUID id) {
    return sources.find(id).orElseThrow(() -> Problem.notFound("source with this id"));
  }

  @GET
  @Path("{id}/chats")
  @QueryParameters({"limit", "skip"})
  public List<Sources.Chat> chats(@PathParam("id") UUID id, @BeanParam Query query) {
    return sources.chats(one(id).id(), limit(query), skip(query));
  }

  @POST
  @Transactional
  @ResponseType(status = 201, value = Sources.Source.class)
  public Response add(@Nullable SourceRequest asked) {
    if (asked == null || asked.name() == null || asked.name().isBlank() || asked.name().length() > 100) {
      throw Problem.unprocessable("The field name must be a text of 1 to 100 characters.");
    }
    if (asked.type() == null || !TYPES.contains(asked.type())) {
      throw Problem.unprocessable("The field type must be one of api, email, slack, telegram.");
    }
    UUID id = sources.create(asked.name(), asked.type())
        .orElseThrow(() -> Problem.conflict("A source with this name already exists."));
    audit.record("source.added", "source", id, Map.of("name", asked.name(), "type", asked.type()));
    return Response.status(201).entity(one(id)).build();
  }

  @PATCH
  @Path("{id}")
  @Allowed(Role.ADMIN)
  @Transactional
  public Sources.Source change(@PathParam("id") UUID id, @Nullable SourceRequest asked) {
    Sources.Source before = one(id);
    if (asked != null && asked.isActive() != null && asked.isActive() != before.isActive()) {
      sources.setActive(id, asked.isActive());
      audit.record(asked.isActive() ? "source.enabled" : "source.disabled", "source", id, Map.of("name", before.name()));
    }
    return one(id);
  }
}
