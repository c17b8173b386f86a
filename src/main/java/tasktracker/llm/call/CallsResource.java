package tasktracker.llm.call;

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

/** REST resource of the calls of language models. */
@RequestScoped
@Path("/api/v1/model-calls")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class CallsResource {

  @Inject CallStore calls;

  /** Lists calls, newest first; {@code before} is the id of the last call of the page before. */
  @GET
  @QueryParameters({"provider_id", "status", "before", "limit"})
  public List<CallStore.Call> list(@BeanParam Query query) {
    String status = query.one("status", CallStore.STATUSES, "");
    return calls.list(query.id("provider_id"), status.isEmpty() ? null : status, query.id("before"), query.number("limit", 50, 1, 500));
  }
}
