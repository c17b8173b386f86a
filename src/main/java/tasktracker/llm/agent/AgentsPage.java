package tasktracker.llm.agent;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.FormParam;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.provider.ProviderFailure;
import tasktracker.llm.provider.ProviderModels;
import tasktracker.llm.provider.Providers;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.template.View;

/** Pages of agents. Reviewers see them; administrators change and try them. */
@RequestScoped
@Path("/agents")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class AgentsPage {

  private static final int ALL = 1000;
  private static final URI HERE = URI.create("/agents");
  @Inject Agents agents;
  @Inject TaskConfigs tasks;
  @Inject Prompts prompts;
  @Inject Providers providers;
  @Inject ProviderModels models;
  @Inject Identity identity;
  @Context HttpServletRequest request;

  private Locale locale() {
    return Preferences.of(request).locale();
  }

  /** An agent of the list with the names of its tasks. */
  public record Card(AgentItem agent, List<AssignmentItem> tasks) {}

  @GET
  public View list() {
    Map<UUID, List<AssignmentItem>> assigned = tasks.assignments(false, null, null, ALL, 0).stream()
        .collect(Collectors.groupingBy(AssignmentItem::agentId));
    return View.page("agent/list", Map.of("may", identity.may(Role.ADMIN), "cards", agents.list(false, null, ALL, 0).stream()
        .map(agent -> new Card(agent, assigned.getOrDefault(agent.id(), List.of()))).toList()));
  }

  @GET
  @Path("new")
  @Allowed(Role.ADMIN)
  public View blank() {
    return form(null, values(AgentChange.DEFAULTS), "", List.of());
  }

  @GET
  @Path("{id}/edit")
  @Allowed(Role.ADMIN)
  public View edit(@PathParam("id") UUID id) {
    AgentItem agent = agents.get(id);
    return form(agent, values(AgentChange.of(agent)), "", List.of());
  }

  private static Map<String, Object> values(AgentChange change) {
    Map<String, Object> values = new HashMap<>();
    values.put("name", Objects.requireNonNullElse(change.name(), ""));
    values.put("description", Objects.requireNonNullElse(change.description(), ""));
    values.put("provider", String.valueOf(change.providerId()));
    values.put("model", Objects.requireNonNullElse(change.modelName(), ""));
    values.put("prompt", Objects.requireNonNullElse(change.systemPrompt(), ""));
    values.put("temperature", Objects.requireNonNullElse(change.temperature(), ""));
    values.put("tokens", change.maxTokens() == null || change.maxTokens() == 0 ? "" : change.maxTokens());
    values.put("active", Objects.requireNonNullElse(change.isActive(), true));
    return values;
  }

  private View form(@Nullable AgentItem agent, Map<String, Object> values, String error, List<ProviderModels.Model> found) {
    Map<String, Object> model = new HashMap<>(Map.of("values", values, "error", error, "models", found, "providers",
        providers.list(false, ALL, 0, locale()).stream().filter(provider -> !provider.builtIn()).toList()));
    model.put("agent", agent);
    return View.page("agent/form", model);
  }

  @POST
  @Allowed(Role.ADMIN)
  public Response create(MultivaluedMap<String, String> fields) {
    return save(null, fields);
  }

  @POST
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public Response update(@PathParam("id") UUID id, MultivaluedMap<String, String> fields) {
    return save(id, fields);
  }

  private Response save(@Nullable UUID id, MultivaluedMap<String, String> fields) {
    AgentChange change = change(fields);
    try {
      if ("models".equals(fields.getFirst("do"))) {
        return Response.ok(form(find(id), values(change), "", models(change.providerId()))).build();
      }
      if (id == null) {
        agents.create(change, identity.name());
      } else {
        agents.update(id, change, identity.name());
      }
      return Response.seeOther(HERE).build();
    } catch (ProviderFailure failure) {
      return Response.status(502).entity(form(find(id), values(change), failure.message(locale()), List.of())).build();
    } catch (Problem problem) {
      return Response.status(problem.status()).entity(form(find(id), values(change), problem.detail(locale()), List.of())).build();
    }
  }

  private @Nullable AgentItem find(@Nullable UUID id) {
    return id == null ? null : agents.get(id);
  }

  private List<ProviderModels.Model> models(@Nullable UUID provider) {
    return provider == null ? List.of() : models.list(providers.settings(provider));
  }

  private static AgentChange change(MultivaluedMap<String, String> fields) {
    String provider = fields.getFirst("provider");
    return new AgentChange(text(fields, "name"), text(fields, "description"),
        provider == null || !provider.matches("[0-9a-fA-F-]{36}") ? null : Query.uuid(provider), text(fields, "model"),
        text(fields, "prompt"), temperature(text(fields, "temperature")), tokens(text(fields, "tokens")),
        "true".equals(fields.getFirst("active")));
  }

  private static String text(MultivaluedMap<String, String> fields, String name) {
    return Objects.requireNonNullElse(fields.getFirst(name), "").replace("\r\n", "\n");
  }

  /** A comma is a decimal point too; what is no number is out of range. */
  private static @Nullable Double temperature(String text) {
    String plain = text.strip().replace(',', '.');
    return plain.isEmpty() ? null : Double.valueOf(plain.matches("\\d{1,3}(\\.\\d{1,6})?") ? Double.parseDouble(plain) : -1);
  }

  /** 0 for no limit; what is no number is out of range. */
  private static Integer tokens(String text) {
    String plain = text.strip();
    return plain.isEmpty() ? Integer.valueOf(0) : Integer.valueOf(plain.matches("\\d{1,9}") ? Integer.parseInt(plain) : -1);
  }

  @POST
  @Path("{id}/active")
  @Allowed(Role.ADMIN)
  public Response setActive(@PathParam("id") UUID id, @FormParam("active") boolean isActive) {
    agents.setActive(id, isActive, identity.name());
    return Response.seeOther(HERE).build();
  }

  /** The tasks that an agent does, as a list to check. */
  @GET
  @Path("{id}/tasks")
  @Allowed(Role.ADMIN)
  public View chooseTasks(@PathParam("id") UUID id) {
    return View.page("agent/tasks", Map.of("agent", agents.get(id), "all", tasks.list(false, ALL, 0), "assigned", assigned(id)));
  }

  private Set<UUID> assigned(UUID id) {
    return tasks.assignments(false, id, null, ALL, 0).stream().map(AssignmentItem::taskId).collect(Collectors.toSet());
  }

  @POST
  @Path("{id}/tasks")
  @Allowed(Role.ADMIN)
  public Response saveTasks(@PathParam("id") UUID id, @FormParam("task") List<UUID> chosen) {
    Set<UUID> before = assigned(agents.get(id).id());
    chosen.stream().filter(task -> !before.contains(task)).distinct().forEach(task -> tasks.assign(id, task, true));
    before.stream().filter(task -> !chosen.contains(task)).forEach(task -> tasks.unassign(id, task));
    return Response.seeOther(HERE).build();
  }

  /** The earlier prompts of an agent. */
  @GET
  @Path("{id}/prompts")
  public View history(@PathParam("id") UUID id) {
    AgentItem agent = agents.get(id);
    List<Prompts.Version> versions = agent.isBuiltin() ? List.of() : prompts.history(Prompts.keyOf(id));
    return View.page("agent/prompts", Map.of("agent", agent, "versions", versions, "may", identity.may(Role.ADMIN)));
  }

  @POST
  @Path("{id}/prompts/{version}/restore")
  @Allowed(Role.ADMIN)
  public Response restore(@PathParam("id") UUID id, @PathParam("version") int version) {
    agents.restorePrompt(id, version, identity.name());
    return Response.seeOther(URI.create("/agents/" + id + "/prompts")).build();
  }

  @GET
  @Path("{id}/test")
  @Allowed(Role.ADMIN)
  public View askToTest(@PathParam("id") UUID id) {
    return test(agents.get(id), "", "", null);
  }

  private static View test(AgentItem agent, String prompt, String error, AgentTester.@Nullable Answer answer) {
    Map<String, Object> model = new HashMap<>(Map.of("agent", agent, "prompt", prompt, "error", error));
    model.put("answer", answer);
    return View.page("agent/test", model);
  }

  @POST
  @Path("{id}/test")
  @Allowed(Role.ADMIN)
  public Response test(@PathParam("id") UUID id, MultivaluedMap<String, String> fields) {
    AgentItem agent = agents.get(id);
    String prompt = text(fields, "prompt");
    try {
      return Response.ok(test(agent, prompt, "", agents.test(id, prompt))).build();
    } catch (Problem problem) {
      return Response.status(problem.status()).entity(test(agent, prompt, problem.detail(locale()), null)).build();
    }
  }

  @GET
  @Path("{id}/delete")
  @Allowed(Role.ADMIN)
  public View confirmDelete(@PathParam("id") UUID id) {
    return View.page("agent/delete", Map.of("agent", agents.get(id), "users",
        tasks.assignments(false, id, null, ALL, 0).stream().map(AssignmentItem::taskName).toList()));
  }

  @POST
  @Path("{id}/delete")
  @Allowed(Role.ADMIN)
  public Response delete(@PathParam("id") UUID id) {
    agents.delete(id);
    return Response.seeOther(HERE).build();
  }
}
