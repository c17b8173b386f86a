package tasktracker.llm.agent;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** Pages of the tasks of agents. Fields are added and removed by the server, so that the form needs no scripts. */
@RequestScoped
@Path("/agent-tasks")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class TaskConfigsPage {

  private static final int ALL = 1000;
  private static final int MAX_FIELDS = 50;
  private static final URI HERE = URI.create("/agent-tasks");
  private static final TaskSchema.Field EMPTY = new TaskSchema.Field("", "string", false, "");
  @Inject TaskConfigs tasks;
  @Inject Identity identity;
  @Context HttpServletRequest request;

  /**
   * The form as it was filled in.
   *
   * @param fields null when the schema has parts that the editor of fields would lose: then it is edited as JSON
   */
  public record TaskForm(String name, String description, boolean isActive, @Nullable List<TaskSchema.Field> fields, String json) {}

  @GET
  public View list() {
    return View.page("agent/task-list", Map.of("tasks", tasks.list(false, ALL, 0), "may", identity.may(Role.ADMIN)));
  }

  @GET
  @Path("new")
  @Allowed(Role.ADMIN)
  public View blank() {
    return form(null, new TaskForm("", "", true, List.of(EMPTY), ""), "", "");
  }

  @GET
  @Path("{id}/edit")
  @Allowed(Role.ADMIN)
  public View edit(@PathParam("id") UUID id) {
    TaskConfigItem task = tasks.get(id);
    return form(task, new TaskForm(task.name(), task.description(), task.isActive(), TaskSchema.fields(task.responseSchema()),
        pretty(task.responseSchema())), "", "");
  }

  private static String pretty(JsonObject schema) {
    var text = new java.io.StringWriter();
    try (var writer = jakarta.json.Json.createWriterFactory(Map.of(jakarta.json.stream.JsonGenerator.PRETTY_PRINTING, true))
        .createWriter(text)) {
      writer.writeObject(schema);
    }
    return text.toString().strip();
  }

  private static View form(@Nullable TaskConfigItem task, TaskForm form, String error, String preview) {
    Map<String, Object> model = new HashMap<>(Map.of("form", form, "error", error, "preview", preview, "types", TaskSchema.TYPES));
    model.put("task", task);
    return View.page("agent/task-form", model);
  }

  @POST
  @Allowed(Role.ADMIN)
  public Response create(MultivaluedMap<String, String> fields) {
    return answer(null, fields);
  }

  @POST
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public Response update(@PathParam("id") UUID id, MultivaluedMap<String, String> fields) {
    return answer(tasks.get(id), fields);
  }

  private Response answer(@Nullable TaskConfigItem task, MultivaluedMap<String, String> sent) {
    TaskForm form = read(sent);
    String verb = Objects.requireNonNullElse(sent.getFirst("do"), "save");
    try {
      if (verb.equals("save")) {
        save(task, form);
        return Response.seeOther(HERE).build();
      }
      return Response.ok(form(task, changed(form, verb), "", verb.equals("preview") ? pretty(schema(form)) : "")).build();
    } catch (Problem problem) {
      return Response.status(problem.status()).entity(form(task, form, problem.detail(Preferences.of(request).locale()), "")).build();
    }
  }

  private static TaskForm read(MultivaluedMap<String, String> sent) {
    List<String> names = sent.getOrDefault("field_name", List.of());
    Set<String> required = Set.copyOf(sent.getOrDefault("field_required", List.of()));
    List<TaskSchema.Field> fields = new ArrayList<>();
    for (int i = 0; i < Math.min(names.size(), MAX_FIELDS); i++) {
      String type = at(sent, "field_type", i);
      fields.add(new TaskSchema.Field(names.get(i), TaskSchema.TYPES.contains(type) ? type : "string",
          required.contains(String.valueOf(i)), at(sent, "field_description", i)));
    }
    return new TaskForm(one(sent, "name"), one(sent, "description"), "true".equals(sent.getFirst("active")),
        sent.containsKey("json") ? null : fields, one(sent, "json"));
  }

  private static String at(MultivaluedMap<String, String> sent, String name, int index) {
    List<String> values = sent.getOrDefault(name, List.of());
    return index < values.size() ? values.get(index) : "";
  }

  private static String one(MultivaluedMap<String, String> sent, String name) {
    return Objects.requireNonNullElse(sent.getFirst(name), "");
  }

  /** With a field more, or without one ({@code remove-2}). */
  private static TaskForm changed(TaskForm form, String verb) {
    if (form.fields() == null) {
      return form;
    }
    List<TaskSchema.Field> fields = new ArrayList<>(form.fields());
    if (verb.equals("add") && fields.size() < MAX_FIELDS) {
      fields.add(EMPTY);
    } else if (verb.matches("remove-\\d{1,2}") && Integer.parseInt(verb.substring(7)) < fields.size()) {
      fields.remove(Integer.parseInt(verb.substring(7)));
    }
    return new TaskForm(form.name(), form.description(), form.isActive(), fields, form.json());
  }

  private static JsonObject schema(TaskForm form) {
    return form.fields() == null ? TaskSchema.parse(form.json()) : TaskSchema.ofFields(form.fields());
  }

  private void save(@Nullable TaskConfigItem task, TaskForm form) {
    if (task == null) {
      tasks.create(form.name(), form.description(), schema(form), form.isActive(), identity.name());
    } else {
      tasks.update(task.id(), form.name(), form.description(), schema(form), form.isActive());
    }
  }

  @GET
  @Path("{id}/delete")
  @Allowed(Role.ADMIN)
  public View confirmDelete(@PathParam("id") UUID id) {
    return View.page("agent/task-delete", Map.of("task", tasks.get(id), "users",
        tasks.assignments(false, null, id, ALL, 0).stream().map(AssignmentItem::agentName).toList()));
  }

  @POST
  @Path("{id}/delete")
  @Allowed(Role.ADMIN)
  public Response delete(@PathParam("id") UUID id) {
    tasks.delete(id);
    return Response.seeOther(HERE).build();
  }
}
