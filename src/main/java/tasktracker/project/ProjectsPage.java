package tasktracker.project;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** Pages of projects. Everybody sees them; administrators change them. */
@RequestScoped
@Path("/projects")
@Produces(MediaType.TEXT_HTML)
public class ProjectsPage {

  private static final int MAX_LISTED = 500;
  @Inject ProjectStore store;
  @Inject Projects projects;
  @Inject Identity identity;

  @GET
  public View list(@HeaderParam("HX-Target") @Nullable String target) {
    Map<String, List<Project>> model = Map.of("projects", store.list(null, MAX_LISTED, 0));
    return "projects".equals(target) ? View.fragment("project/_parts", "list", model) : View.page("project/list", model);
  }

  @GET
  @Path("new")
  @Allowed(Role.ADMIN)
  public View blank() {
    return form(null, ProjectForm.blank(), null);
  }

  private static View form(@Nullable UUID id, ProjectForm form, @Nullable Problem problem) {
    Map<String, Object> model = new HashMap<>(Map.of("form", form, "languages", List.of("en", "uk", "ru")));
    model.put("id", id);
    model.put("problem", problem);
    return View.page("project/form", model);
  }

  /** Creates a project; the form keeps its input when something is not allowed. */
  @POST
  @Allowed(Role.ADMIN)
  public Response create(@BeanParam ProjectForm form) {
    try {
      projects.create(form.fields(null), identity.name());
      return Response.seeOther(URI.create("/projects")).build();
    } catch (Problem problem) {
      return Response.status(problem.status()).entity(form(null, form, problem)).build();
    }
  }

  @GET
  @Path("{id}/edit")
  @Allowed(Role.ADMIN)
  public View edit(@PathParam("id") UUID id) {
    return form(id, ProjectForm.of(find(id)), null);
  }

  private Project find(UUID id) {
    return store.find(id).orElseThrow(Projects::notFound);
  }

  @POST
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public Response change(@PathParam("id") UUID id, @BeanParam ProjectForm form) {
    Project old = find(id);
    try {
      projects.change(id, form.fields(old.fields()), form.revision());
      return Response.seeOther(URI.create("/projects")).build();
    } catch (Problem problem) {
      return Response.status(problem.status()).entity(form(id, form, problem)).build();
    }
  }

  /** Says what deleting the project means. */
  @GET
  @Path("{id}/delete")
  @Allowed(Role.ADMIN)
  public View confirm(@PathParam("id") UUID id) {
    return View.page("project/delete", Map.of("project", find(id)));
  }

  @POST
  @Path("{id}/delete")
  @Allowed(Role.ADMIN)
  public Response delete(@PathParam("id") UUID id) {
    projects.delete(id);
    return Response.seeOther(URI.create("/projects")).build();
  }
}
