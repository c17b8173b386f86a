package tasktracker.llm.agent;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** REST resource of all assignments, from which a run is started. */
@RequestScoped
@Path("/api/v1/assignments")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class AssignmentsResource {

  @Inject TaskConfigs tasks;

  @GET
  @QueryParameters({"active_only", "limit", "skip"})
  public List<AssignmentItem> list(@BeanParam Query query) {
    return tasks.assignments(AgentsResource.isActiveOnly(query), null, null, AgentsResource.limit(query), AgentsResource.skip(query));
  }
}
