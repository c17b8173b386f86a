package tasktracker.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** Failed items for programs: reading for reviewers, retrying for administrators. */
@RequestScoped
@Path("/api/v1/jobs/failed-items")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class FailedItemsResource {

  @Inject FailedItemActions actions;

  /** Parameters: {@code kind}, {@code before} (the id of a failed item), {@code limit} (1 to 500). */
  @GET
  @QueryParameters({"kind", "before", "limit"})
  public FailedItemActions.Page list(@BeanParam Query query) {
    return actions.page(query.text("kind", 100), query.id("before"), query.number("limit", 50, 1, 500));
  }

  /** Answers 202 with the item as it is now; it leaves the list when its work has succeeded. */
  @POST
  @Path("{id}/retry")
  @Allowed(Role.ADMIN)
  @ResponseType(status = 202, value = FailedItem.class)
  public Response retry(@PathParam("id") UUID id) {
    return Response.accepted(actions.retry(id)).build();
  }

  /** All, or those of one {@code kind}. */
  @POST
  @Path("retry")
  @Allowed(Role.ADMIN)
  @QueryParameters("kind")
  public JobsResource.Retried retryAll(@BeanParam Query query) {
    return new JobsResource.Retried(actions.retryAll(query.text("kind", 100)));
  }
}
