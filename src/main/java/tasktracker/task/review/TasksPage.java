package tasktracker.task.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;
import tasktracker.project.ProjectStore;
import tasktracker.task.TaskFields;
import tasktracker.task.TaskItem;
import tasktracker.task.TaskStatus;
import tasktracker.task.TaskStore;
import tasktracker.task.Tasks;
import tasktracker.task.analyst.TaskCategory;
import tasktracker.task.analyst.TaskPriority;
import tasktracker.task.proposal.ProposalStore;

/** Pages of tasks: the list, and single tasks with the words they come from. */
@RequestScoped
@Path("/tasks")
@Produces(MediaType.TEXT_HTML)
public class TasksPage {

  private static final int MAX_PROJECTS = 500;
  private static final int MAX_ASSIGNEES = 500;
  @Inject TaskStore store;
  @Inject Tasks tasks;
  @Inject ProposalStore proposals;
  @Inject ProjectStore projects;
  @Inject Identity identity;
  @Inject Clock clock;
  @Context HttpServletRequest request;

  /** The list, or only the part of it that {@code HX-Target} names. */
  @GET
  @QueryParameters(of = TaskQuery.class)
  public View list(@BeanParam Query parameters, @HeaderParam("HX-Target") @Nullable String target) {
    Map<String, Object> model = new HashMap<>(Map.of("list", TaskList.read(store, new TaskQuery(parameters), today())));
    if ("tasks".equals(target)) {
      return View.fragment("task/_tasks", "list", model);
    }
    model.putAll(Map.of("projects", projects.list(null, MAX_PROJECTS, 0), "assignees", store.assignees(MAX_ASSIGNEES)));
    return View.page("task/tasks", model);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), Preferences.of(request).timeZone());
  }

  /** One task with its parts, its words and its history. */
  @GET
  @Path("{id}")
  public View show(@PathParam("id") UUID id, @HeaderParam("HX-Target") @Nullable String target) {
    TaskItem task = tasks.find(id);
    Map<String, Object> model = Map.of("task", task, "subtasks", store.parts(id), "sources", proposals.ofTask(id), "changes",
        TaskHistory.of(task, store.changes(id)), "today", today(), "statuses", wires(TaskStatus.values()), "priorities",
        wires(TaskPriority.values()), "categories", wires(TaskCategory.values()), "assignees", store.assignees(MAX_ASSIGNEES), "projects",
        projects.list(null, MAX_PROJECTS, 0));
    return "task-details".equals(target) ? View.fragment("task/_tasks", "details", model) : View.page("task/task", model);
  }

  private static List<String> wires(Enum<?>[] values) {
    return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Changes a task.
   *
   * @param revision the revision that the person saw
   */
  @POST
  @Path("{id}")
  @Allowed(Role.REVIEWER)
  public Response change(@PathParam("id") UUID id, @FormParam("title") @Nullable String title,
      @FormParam("description") @Nullable String description, @FormParam("status") @Nullable String status,
      @FormParam("priority") @Nullable String priority, @FormParam("category") @Nullable String category,
      @FormParam("tags") @Nullable String tags, @FormParam("project") @Nullable String project,
      @FormParam("assignee") @Nullable String assignee, @FormParam("due") @Nullable String due,
      @FormParam("revision") @Nullable Integer revision) {
    Map<String, String> changes = new LinkedHashMap<>();
    put(changes, "title", title);
    put(changes, "description", description == null ? null : description.replace("\r\n", "\n"));
    put(changes, "status", status);
    put(changes, "priority", priority);
    put(changes, "category", category);
    put(changes, "tags", tags);
    put(changes, "project_id", project);
    put(changes, "assignee_id", keepsName(id, assignee) ? null : assignee);
    put(changes, "due_on", due);
    tasks.change(id, changes, revision, identity.name());
    return backTo(id);
  }

  /** A name that a message said stays until a person is chosen. */
  private boolean keepsName(UUID id, @Nullable String assignee) {
    return "".equals(assignee) && tasks.find(id).assigneeId() == null;
  }

  private static void put(Map<String, String> changes, String name, @Nullable String value) {
    if (value != null) {
      changes.put(name, value);
    }
  }

  private static Response backTo(UUID id) {
    return Response.seeOther(URI.create("/tasks/" + id)).build();
  }

  /** Adds a part to a task. */
  @POST
  @Path("{id}/parts")
  @Allowed(Role.REVIEWER)
  public Response addPart(@PathParam("id") UUID id, @FormParam("title") @DefaultValue("") String title) {
    TaskItem task = tasks.find(id);
    tasks.create(TaskFields.parse(Map.of("title", title, "priority", task.priority(), "category", task.category())), TaskStatus.OPEN, id,
        identity.name());
    return backTo(id);
  }

  /** Undoes a change, unless the task was changed after it. */
  @POST
  @Path("changes/{id}/undo")
  @Allowed(Role.REVIEWER)
  public Response undo(@PathParam("id") UUID id) {
    return backTo(tasks.undo(id, identity.name()).id());
  }
}
