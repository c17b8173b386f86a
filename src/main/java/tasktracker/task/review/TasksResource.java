package tasktracker.task.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.task.TaskFields;
import tasktracker.task.TaskFilter;
import tasktracker.task.TaskItem;
import tasktracker.task.TaskStatus;
import tasktracker.task.TaskStore;
import tasktracker.task.Tasks;
import tasktracker.task.analysis.AnalysisRuns;
import tasktracker.task.proposal.ProposalFilter;
import tasktracker.task.proposal.ProposalStore;

/** API of tasks, and of the counts in the menu. */
@RequestScoped
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TasksResource {

  private static final Set<String> STATUSES = Arrays.stream(TaskStatus.values()).map(TaskStatus::wire).collect(Collectors.toSet());
  @Inject TaskStore store;
  @Inject Tasks tasks;
  @Inject ProposalStore proposals;
  @Inject AnalysisRuns runs;
  @Inject Identity identity;

  /** The answer after a status was changed. */
  public record StatusChanged(String message, UUID taskId, String status) {}

  /** What waits behind the links of the menu. */
  public record SidebarCounts(long unclosedRuns, long pendingProposals) {}

  /** Lists tasks, newest first. */
  @GET
  @Path("tasks")
  @QueryParameters({"limit", "skip", "status", "priority", "project_id", "assignee_id", "search", "sort_by"})
  public List<TaskItem> list(@BeanParam Query query) {
    String status = query.one("status", STATUSES, "");
    String priority = query.one("priority", Set.of("low", "medium", "high", "critical"), "");
    var filter = new TaskFilter(query.text("search", 200), TaskStatus.of(status).map(List::of).orElse(List.of()),
        priority.isEmpty() ? null : priority, query.id("project_id"), query.id("assignee_id"));
    return store.list(filter, query.one("sort_by", TaskStore.ORDERS.keySet(), "newest"), query.number("limit", 100, 1, 1000),
        query.number("skip", 0, 0, 1_000_000));
  }

  @POST
  @Path("tasks")
  @Allowed(Role.REVIEWER)
  @ResponseType(status = 201, value = TaskItem.class)
  public Response create(@Nullable TaskInput request) {
    Map<String, String> fields = (request == null ? TaskInput.EMPTY : request).changes();
    UUID id = tasks.create(TaskFields.parse(fields), Tasks.status(fields.getOrDefault("status", TaskStatus.OPEN.wire())), null,
        identity.name());
    return Response.status(201).entity(one(id)).build();
  }

  @GET
  @Path("tasks/{id}")
  public TaskItem one(@PathParam("id") UUID id) {
    return tasks.find(id);
  }

  /** Changes a task; the change stands in its history and can be undone. */
  @PATCH
  @Path("tasks/{id}")
  @Allowed(Role.REVIEWER)
  public TaskItem change(@PathParam("id") UUID id, @Nullable TaskInput request) {
    TaskInput input = request == null ? TaskInput.EMPTY : request;
    return tasks.change(id, input.changes(), input.revision(), identity.name());
  }

  @PUT
  @Path("tasks/{id}/status")
  @Allowed(Role.REVIEWER)
  public StatusChanged changeStatus(@PathParam("id") UUID id, @QueryParam("status") @Nullable String status) {
    TaskItem changed = tasks.change(id, Map.of("status", status == null ? "" : status), null, identity.name());
    return new StatusChanged("Task status updated", id, changed.status());
  }

  /** Undoes a change of a task, unless the task was changed after it. */
  @POST
  @Path("tasks/changes/{id}/undo")
  @Allowed(Role.REVIEWER)
  public TaskItem undo(@PathParam("id") UUID id) {
    return tasks.undo(id, identity.name());
  }

  /** Lists the parts of a task. */
  @GET
  @Path("tasks/{id}/parts")
  public List<TaskItem> parts(@PathParam("id") UUID id) {
    tasks.find(id);
    return store.parts(id);
  }

  /** Lists the changes of a task, newest first. */
  @GET
  @Path("tasks/{id}/history")
  public List<TaskStore.Change> history(@PathParam("id") UUID id) {
    tasks.find(id);
    return store.changes(id);
  }

  /** Lists the proposals that a task comes from, with their quotes. */
  @GET
  @Path("tasks/{id}/proposals")
  public List<ProposalsResource.ProposalData> proposals(@PathParam("id") UUID id) {
    tasks.find(id);
    return proposals.ofTask(id).stream().map(ProposalsResource.ProposalData::of).toList();
  }

  @GET
  @Path("sidebar-counts")
  public SidebarCounts counts() {
    return new SidebarCounts(runs.countUnclosed(), proposals.count(ProposalFilter.ANY.withStatus("pending")));
  }
}
