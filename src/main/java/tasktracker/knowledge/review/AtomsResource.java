package tasktracker.knowledge.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomFields;
import tasktracker.knowledge.atom.AtomFilter;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.atom.Atoms;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.knowledge.version.Decisions;
import tasktracker.knowledge.version.Decisions.AtomAction;
import tasktracker.knowledge.version.VersionedType;
import tasktracker.knowledge.version.Versions;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** API of atoms. */
@RequestScoped
@Path("/api/v1/atoms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AtomsResource {

  private static final int MAX_BULK = 200;
  @Inject AtomStore store;
  @Inject Atoms atoms;
  @Inject TopicStore topics;
  @Inject Decisions decisions;
  @Inject Versions versions;
  @Inject Identity identity;

  /** A page of atoms. */
  public record Page(List<AtomItem> items, long total, int page, int pageSize) {}

  /** An atom to create, or the fields of it to change. */
  public record AtomInput(@Nullable String type, @Nullable String title, @Nullable String content, @Nullable Double confidence,
      @Nullable Boolean userApproved) {

    Map<String, String> fields() {
      Map<String, String> fields = new LinkedHashMap<>();
      put(fields, "type", type);
      put(fields, "title", title == null ? null : title.strip());
      put(fields, "content", content == null ? null : content.strip());
      put(fields, "confidence", confidence == null ? null : String.valueOf(confidence.floatValue()));
      return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
      if (value != null) {
        fields.put(name, value);
      }
    }
  }

  /** The answer after an atom was added to a topic. */
  public record Added(String message, UUID atomId, UUID topicId) {}

  /** The atoms of a bulk action. */
  public record Ids(@Nullable List<UUID> atomIds) {}

  /** The outcome of a bulk action; errors are told by id. */
  public record BulkResult(int successCount, List<UUID> failedIds, Map<String, String> errors) {}

  /** A decision, which can be undone by its id. */
  public record Decided(UUID decisionId, AtomItem atom) {}

  /** The revision that the caller saw; null for any. */
  public record Seen(@Nullable Integer revision) {}

  /** Lists atoms, the newest first. */
  @GET
  @QueryParameters({"limit", "skip", "status", "type", "topic_id", "project_id", "search", "min_confidence", "date_from", "date_to",
      "sort_by"})
  public Page list(@BeanParam Query query) {
    int limit = query.number("limit", 100, 1, 1000);
    int skip = query.number("skip", 0, 0, 1_000_000);
    String status = query.one("status", AtomQuery.STATUSES, "all");
    String type = query.one("type", Set.copyOf(AtomsPage.types()), "");
    AtomFilter filter = new AtomFilter(query.text("search", 200), status.equals("all") ? null : status, type.isEmpty() ? null : type,
        query.id("topic_id"), query.id("project_id"), query.fraction("min_confidence"), query.from("date_from"), query.until("date_to"));
    return new Page(store.list(filter, query.one("sort_by", AtomStore.ORDERS.keySet(), "newest"), limit, skip), store.count(filter),
        skip / limit + 1, limit);
  }

  @POST
  @Allowed(Role.REVIEWER)
  @ResponseType(status = 201, value = AtomItem.class)
  public Response create(@Nullable AtomInput request) {
    if (request == null) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.atom.type"));
    }
    UUID id = atoms.create(AtomFields.parse(request.fields()), Boolean.TRUE.equals(request.userApproved()), identity.name());
    return Response.status(201).entity(one(id)).build();
  }

  @GET
  @Path("{id}")
  public AtomItem one(@PathParam("id") UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.atom")));
  }

  /** Changes an atom at once, as a version that its author approved. */
  @PATCH
  @Path("{id}")
  @Allowed(Role.REVIEWER)
  public AtomItem change(@PathParam("id") UUID id, @Nullable AtomInput request) {
    Map<String, String> fields = request == null ? Map.of() : request.fields();
    versions.edit(VersionedType.ATOM, id, fields, identity.name());
    return one(id);
  }

  @DELETE
  @Path("{id}")
  @Allowed(Role.REVIEWER)
  @ResponseType(status = 204)
  public Response delete(@PathParam("id") UUID id) {
    atoms.delete(id);
    return Response.noContent().build();
  }

  @POST
  @Path("{id}/topics/{topic}")
  @Allowed(Role.REVIEWER)
  @ResponseType(status = 201, value = Added.class)
  public Response addToTopic(@PathParam("id") UUID id, @PathParam("topic") UUID topic, @QueryParam("position") @Nullable Integer position,
      @QueryParam("note") @Nullable String note) {
    if (topics.find(topic).isEmpty()) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.topic"));
    }
    atoms.addToTopic(id, topic, position, note == null ? null : StorableText.truncate(note, 1000));
    return Response.status(201).entity(new Added("Atom added to topic", id, topic)).build();
  }

  @POST
  @Path("{id}/approve")
  @Allowed(Role.REVIEWER)
  public Decided approve(@PathParam("id") UUID id, @Nullable Seen seen) {
    return decide(id, AtomAction.APPROVE, seen);
  }

  @POST
  @Path("{id}/reject")
  @Allowed(Role.REVIEWER)
  public Decided reject(@PathParam("id") UUID id, @Nullable Seen seen) {
    return decide(id, AtomAction.REJECT, seen);
  }

  @POST
  @Path("{id}/archive")
  @Allowed(Role.REVIEWER)
  public Decided archive(@PathParam("id") UUID id, @Nullable Seen seen) {
    return decide(id, AtomAction.ARCHIVE, seen);
  }

  private Decided decide(UUID id, AtomAction action, @Nullable Seen seen) {
    UUID decision = decisions.decide(id, action, seen == null ? null : seen.revision(), identity.name());
    return new Decided(decision, one(id));
  }

  @POST
  @Path("bulk-approve")
  @Allowed(Role.REVIEWER)
  public BulkResult bulkApprove(@Nullable Ids request) {
    return each(request, id -> decisions.decide(id, AtomAction.APPROVE, null, identity.name()));
  }

  @POST
  @Path("bulk-reject")
  @Allowed(Role.REVIEWER)
  public BulkResult bulkReject(@Nullable Ids request) {
    return each(request, id -> decisions.decide(id, AtomAction.REJECT, null, identity.name()));
  }

  @POST
  @Path("bulk-archive")
  @Allowed(Role.REVIEWER)
  public BulkResult bulkArchive(@Nullable Ids request) {
    return each(request, id -> decisions.decide(id, AtomAction.ARCHIVE, null, identity.name()));
  }

  @POST
  @Path("bulk-delete")
  @Allowed(Role.REVIEWER)
  public BulkResult bulkDelete(@Nullable Ids request) {
    return each(request, atoms::delete);
  }

  private static BulkResult each(@Nullable Ids request, Consumer<UUID> action) {
    return BulkActions.run(request == null ? null : request.atomIds(), MAX_BULK, action);
  }
}
