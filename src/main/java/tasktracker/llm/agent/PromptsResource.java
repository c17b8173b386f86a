package tasktracker.llm.agent;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;

/** REST resource of the prompts of tasks. */
@RequestScoped
@Path("/api/v1/prompts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class PromptsResource {

  /** A new text of a prompt, and why it was changed. */
  public record NewPrompt(@Nullable String content, @Nullable String note) {}

  @Inject Prompts prompts;
  @Inject Identity identity;

  /** Lists the prompts with the version that is in use. */
  @GET
  public List<Prompts.Current> list() {
    return prompts.shipped();
  }

  /** Lists the versions of a prompt, the one in use first; version 0 is the shipped file. */
  @GET
  @Path("{name}")
  public List<Prompts.Version> versions(@PathParam("name") String name) {
    prompts.getShipped(name);
    return prompts.history(name);
  }

  /** Saves a version that is in use from now on. */
  @PUT
  @Path("{name}")
  @Allowed(Role.ADMIN)
  public Prompts.Version save(@PathParam("name") String name, @Nullable NewPrompt body) {
    NewPrompt wanted = RequestReader.body(body);
    prompts.getShipped(name);
    prompts.edit(name, Objects.requireNonNullElse(wanted.content(), ""), Objects.requireNonNullElse(wanted.note(), ""), identity.name());
    return prompts.history(name).getFirst();
  }
}
