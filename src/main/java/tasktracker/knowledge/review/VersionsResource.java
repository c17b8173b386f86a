package tasktracker.knowledge.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.version.Decisions;
import tasktracker.knowledge.version.FieldDiff;
import tasktracker.knowledge.version.VersionItem;
import tasktracker.knowledge.version.VersionStore;
import tasktracker.knowledge.version.VersionedType;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** API of versions. {@code {type}} is {@code topics} or {@code atoms}. */
@RequestScoped
@Path("/api/v1/versions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class VersionsResource {

  private static final int MAX_BULK = 200;
  @Inject VersionStore store;
  @Inject Decisions decisions;
  @Inject Identity identity;

  /** A page of versions. */
  public record Page(List<VersionItem> items, long total, int page, int pageSize) {}

  /** The difference between two versions of a topic or atom. */
  public record Diff(int fromVersion, int toVersion, List<FieldDiff> changes, String summary) {}

  /** The versions of a bulk action. */
  public record Ids(@Nullable List<UUID> versionIds, @Nullable String entityType, @Nullable String reason) {}

  /** Lists versions of all topics and atoms, the newest first. */
  @GET
  @QueryParameters({"limit", "skip", "status", "entity_type"})
  public Page list(@BeanParam Query query) {
    int limit = query.number("limit", 100, 1, 1000);
    int skip = query.number("skip", 0, 0, 1_000_000);
    String status = query.one("status", Set.of("pending", "approved", "rejected"), "");
    String type = query.one("entity_type", Set.of("topic", "atom"), "");
    String onlyStatus = status.isEmpty() ? null : status;
    String onlyType = type.isEmpty() ? null : type;
    return new Page(store.list(onlyStatus, onlyType, limit, skip), store.count(onlyStatus, onlyType), skip / limit + 1, limit);
  }

  @GET
  @Path("{type}/{id}/versions")
  public List<VersionItem> of(@PathParam("type") String type, @PathParam("id") UUID id) {
    return store.list(VersionedType.of(type), id);
  }

  /** The difference between the state that two versions lead to. */
  @GET
  @Path("{type}/{id}/versions/{number}/diff")
  public Diff diff(@PathParam("type") String type, @PathParam("id") UUID id, @PathParam("number") int number,
      @QueryParam("compare_to") @Nullable Integer compareTo) {
    if (compareTo == null) {
      throw Problem.badRequest(LocalizedMessage.of("problem.version.compare"));
    }
    VersionItem to = find(type, id, number);
    VersionItem from = find(type, id, compareTo);
    List<FieldDiff> changes = to.diffFrom(from);
    return new Diff(compareTo, number, changes, changes.size() + " changed");
  }

  private VersionItem find(String type, UUID id, int number) {
    return store.find(VersionedType.of(type), id, number)
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.version")));
  }

  @POST
  @Path("{type}/{id}/versions/{number}/approve")
  @Allowed(Role.REVIEWER)
  public VersionItem approve(@PathParam("type") String type, @PathParam("id") UUID id, @PathParam("number") int number) {
    decisions.approveVersion(find(type, id, number).id(), false, identity.name());
    return find(type, id, number);
  }

  @POST
  @Path("{type}/{id}/versions/{number}/reject")
  @Allowed(Role.REVIEWER)
  public VersionItem reject(@PathParam("type") String type, @PathParam("id") UUID id, @PathParam("number") int number) {
    decisions.rejectVersion(find(type, id, number).id(), identity.name());
    return find(type, id, number);
  }

  @POST
  @Path("bulk-approve")
  @Allowed(Role.REVIEWER)
  public AtomsResource.BulkResult bulkApprove(@Nullable Ids request) {
    return BulkActions.run(request == null ? null : request.versionIds(), MAX_BULK,
        id -> decisions.approveVersion(id, false, identity.name()));
  }

  @POST
  @Path("bulk-reject")
  @Allowed(Role.REVIEWER)
  public AtomsResource.BulkResult bulkReject(@Nullable Ids request) {
    return BulkActions.run(request == null ? null : request.versionIds(), MAX_BULK, id -> decisions.rejectVersion(id, identity.name()));
  }

  @GET
  @Path("pending-count")
  public VersionStore.PendingCount pendingCount() {
    return store.countPending();
  }
}
