package tasktracker.project;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** API of projects. */
@RequestScoped
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProjectsResource {

  @Inject ProjectStore store;
  @Inject Projects projects;
  @Inject Identity identity;

  /** The words that give a task its priority. */
  public record PriorityRules(@Nullable List<String> criticalKeywords, @Nullable List<String> highKeywords) {}

  /** A project to create, or the fields of it to change; missing ones stay. */
  public record ProjectInput(@Nullable String name, @Nullable String description, @Nullable List<String> keywords,
      @Nullable Map<String, String> glossary, @Nullable List<Component> components, @Nullable List<UUID> defaultAssigneeIds,
      @Nullable UUID pmUserId, @Nullable String language, @Nullable Boolean isActive, @Nullable PriorityRules priorityRules,
      @Nullable Integer revision) {

    private static final ProjectInput EMPTY = new ProjectInput(null, null, null, null, null, null, null, null, null, null, null);

    ProjectFields fields() {
      PriorityRules rules = priorityRules == null ? new PriorityRules(null, null) : priorityRules;
      return new ProjectFields(or(name, ""), or(description, ""), or(keywords, List.of()), or(glossary, Map.of()),
          or(components, List.of()), or(rules.criticalKeywords(), List.of()), or(rules.highKeywords(), List.of()),
          or(defaultAssigneeIds, List.of()), pmUserId, language, isActive == null || isActive);
    }

    ProjectFields over(ProjectFields old) {
      PriorityRules rules = priorityRules == null ? new PriorityRules(null, null) : priorityRules;
      return new ProjectFields(or(name, old.name()), or(description, old.description()), or(keywords, old.keywords()),
          or(glossary, old.glossary()), or(components, old.components()), or(rules.criticalKeywords(), old.criticalKeywords()),
          or(rules.highKeywords(), old.highKeywords()), or(defaultAssigneeIds, old.defaultAssigneeIds()),
          pmUserId == null ? old.pmPersonId() : pmUserId, language == null ? old.language() : language,
          isActive == null ? old.isActive() : isActive);
    }

    private static <T> T or(@Nullable T value, T otherwise) {
      return Objects.requireNonNullElse(value, otherwise);
    }
  }

  /** A project as programs see it. */
  public record ProjectItem(UUID id, String name, String description, List<String> keywords, Map<String, String> glossary,
      List<Component> components, List<UUID> defaultAssigneeIds, @Nullable UUID pmUserId, @Nullable String language, boolean isActive,
      PriorityRules priorityRules, String version, int revision, long messageCount, String createdBy, Instant createdAt,
      Instant updatedAt) {

    static ProjectItem of(Project project) {
      ProjectFields f = project.fields();
      return new ProjectItem(project.id(), f.name(), f.description(), f.keywords(), f.glossary(), f.components(), f.defaultAssigneeIds(),
          f.pmPersonId(), f.language(), f.isActive(), new PriorityRules(f.criticalKeywords(), f.highKeywords()), project.version(),
          project.revision(), project.messageCount(), project.createdBy(), project.createdAt(), project.updatedAt());
    }
  }

  /** A page of projects. */
  public record Page(List<ProjectItem> items, long total, int page, int pageSize) {}

  @GET
  @QueryParameters({"limit", "skip", "is_active"})
  public Page list(@BeanParam Query query) {
    int limit = query.number("limit", 100, 1, 1000);
    int skip = query.number("skip", 0, 0, 1_000_000);
    String active = query.one("is_active", Set.of("true", "false"), "");
    Boolean isActive = active.isEmpty() ? null : Boolean.valueOf(active);
    return new Page(store.list(isActive, limit, skip).stream().map(ProjectItem::of).toList(), store.count(isActive), skip / limit + 1,
        limit);
  }

  @POST
  @Allowed(Role.ADMIN)
  @ResponseType(status = 201, value = ProjectItem.class)
  public Response create(@Nullable ProjectInput request) {
    UUID id = projects.create((request == null ? ProjectInput.EMPTY : request).fields(), identity.name());
    return Response.status(201).entity(one(id)).build();
  }

  @GET
  @Path("{id}")
  public ProjectItem one(@PathParam("id") UUID id) {
    return ProjectItem.of(store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.project"))));
  }

  @PUT
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public ProjectItem change(@PathParam("id") UUID id, @Nullable ProjectInput request) {
    ProjectInput input = request == null ? ProjectInput.EMPTY : request;
    ProjectFields old = store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.project"))).fields();
    projects.change(id, input.over(old), input.revision());
    return one(id);
  }

  @DELETE
  @Path("{id}")
  @Allowed(Role.ADMIN)
  @ResponseType(status = 204)
  public Response delete(@PathParam("id") UUID id) {
    projects.delete(id);
    return Response.noContent().build();
  }
}
