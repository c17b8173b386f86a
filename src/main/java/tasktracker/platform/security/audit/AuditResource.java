package tasktracker.platform.security.audit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.problem.Problem;

/** The API of the audit log. */
@RequestScoped
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Role.ADMIN)
public class AuditResource {

  private static final int MAX_ROWS = 500;

  @Inject AuditTrail trail;

  /** @param limit rows on a page, 1 to 500 */
  @GET
  public AuditTrail.AuditPage list(@BeanParam AuditQuery query, @QueryParam("limit") @DefaultValue("50") int limit) {
    if (limit < 1 || limit > MAX_ROWS) {
      throw Problem.badRequest("limit must be 1 to " + MAX_ROWS + ".");
    }
    return trail.page(query.filter(), limit);
  }
}
