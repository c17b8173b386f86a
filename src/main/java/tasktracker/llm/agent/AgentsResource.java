package tasktracker.llm.agent;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** REST resource of agents and their assignments. */
@RequestScoped
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class AgentsResource {

  /** A task to do. */
  public record NewAssignment(@Nullable UUID agentId, @Nullable UUID taskId, @Nullable Boolean isActive) {}

  /** A text to try an agent with. */
  public record TestPrompt(@Nullable String prompt) {}

  /** What an agent answered. */
  public record TestResult(UUID agentId, String agentName, String prompt, String response, double elapsedTime, long inputTokens,
      long outputTokens, String modelName, String providerName, String providerType) {}

  @Inject Agents agents;
  @Inject TaskConfigs tasks;
  @Inject Identity identity;

  @GET
  @QueryParameters({"active_only", "provider_id", "limit", "skip"})
  public List<AgentItem> list(@BeanParam Query query) {
    return agents.list(isActiveOnly(query), query.id("provider_id"), limit(query), skip(query));
  }

  static boolean isActiveOnly(Query query) {
    return "true".equals(query.one("active_only", Set.of("true", "false"), "false"));
  }

  static int limit(Query query) {
    return query.number("limit", 100, 1, 1000);
  }

  static int skip(Query query) {
    return query.number("skip", 0, 0, 1_000_000);
  }

  @GET
  @Path("{id}")
  public AgentItem get(@PathParam("id") UUID id) {
    return agents.get(id);
  }

  @POST
  @Allowed(Role.ADMIN)
  @ResponseType(status = 201, value = AgentItem.class)
  public Response create(@Nullable AgentChange body) {
    UUID id = agents.create(RequestReader.body(body), identity.name());
    return Response.created(URI.create("/api/v1/agents/" + id)).entity(get(id)).build();
  }

  @PUT
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public AgentItem update(@PathParam("id") UUID id, @Nullable AgentChange body) {
    agents.update(id, RequestReader.body(body), identity.name());
    return get(id);
  }

  @DELETE
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public void delete(@PathParam("id") UUID id) {
    agents.delete(id);
  }

  @GET
  @Path("{id}/tasks")
  @QueryParameters("active_only")
  public List<AssignmentItem> tasks(@PathParam("id") UUID id, @BeanParam Query query) {
    return tasks.assignments(isActiveOnly(query), get(id).id(), null, 1000, 0);
  }

  @POST
  @Path("{id}/tasks")
  @Allowed(Role.ADMIN)
  @ResponseType(status = 201, value = AssignmentItem.class)
  public Response assign(@PathParam("id") UUID id, @Nullable NewAssignment body) {
    NewAssignment wanted = RequestReader.body(body);
    if (wanted.taskId() == null || wanted.agentId() != null && !wanted.agentId().equals(id)) {
      throw Problem.unprocessable("The field task_id must be the id of a task, and agent_id that of the address.");
    }
    return Response.status(201).entity(tasks.assign(id, wanted.taskId(), Objects.requireNonNullElse(wanted.isActive(), true))).build();
  }

  @DELETE
  @Path("{id}/tasks/{task}")
  @Allowed(Role.ADMIN)
  public void unassign(@PathParam("id") UUID id, @PathParam("task") UUID task) {
    tasks.unassign(id, task);
  }

  /** Asks the agent, to try it out. */
  @POST
  @Path("{id}/test")
  @Allowed(Role.ADMIN)
  public TestResult test(@PathParam("id") UUID id, @Nullable TestPrompt body) {
    String prompt = Objects.requireNonNullElse(RequestReader.body(body).prompt(), "");
    AgentTester.Answer answer = agents.test(id, prompt);
    AgentItem agent = get(id);
    return new TestResult(id, agent.name(), prompt, answer.text(), answer.milliseconds() / 1000.0, answer.inputTokens(),
        answer.outputTokens(), agent.modelName(), agent.providerName(), agent.providerType());
  }
}
