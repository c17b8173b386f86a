package tasktracker.llm.agent;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** REST resource of the tasks of agents. */
@RequestScoped
@Path("/api/v1/task-configs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class TaskConfigsResource {

  /** What is to be stored of a task; null leaves a value as it is. */
  public record TaskRequest(@Nullable String name, @Nullable String description, @Nullable JsonObject responseSchema,
      @Nullable Boolean isActive) {}

  @Inject TaskConfigs tasks;
  @Inject Identity identity;

  @GET
  @QueryParameters({"active_only", "limit", "skip"})
  public List<TaskConfigItem> list(@BeanParam Query query) {
    return tasks.list(AgentsResource.isActiveOnly(query), AgentsResource.limit(query), AgentsResource.skip(query));
  }

  @GET
  @Path("{id}")
  public TaskConfigItem get(@PathParam("id") UUID id) {
    return tasks.get(id);
  }

  @POST
  @Allowed(Role.ADMIN)
  @ResponseType(status = 201, value = TaskConfigItem.class)
  public Response create(@Nullable TaskRequest body) {
    TaskRequest wanted = RequestReader.body(body);
    UUID id = tasks.create(wanted.name(), wanted.description(), wanted.responseSchema(), wanted.isActive(), identity.name());
    return Response.created(URI.create("/api/v1/task-configs/" + id)).entity(get(id)).build();
  }

  @PUT
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public TaskConfigItem update(@PathParam("id") UUID id, @Nullable TaskRequest body) {
    TaskRequest wanted = RequestReader.body(body);
    tasks.update(id, wanted.name(), wanted.description(), wanted.responseSchema(), wanted.isActive());
    return get(id);
  }

  @DELETE
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public void delete(@PathParam("id") UUID id) {
    tasks.delete(id);
  }
}
