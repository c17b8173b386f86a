package tasktracker.scoring.correction;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.feed.Feed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** HTML endpoints that correct a message and undo the correction. */
@RequestScoped
@Path("/messages/{id}/correction")
@Produces(MediaType.TEXT_HTML)
public class CorrectionsPage {

  @Inject Corrections corrections;
  @Inject Identity identity;
  @Inject Feed feed;

  @POST
  public Response correct(@PathParam("id") UUID id, @FormParam("verdict") @DefaultValue("") String verdict,
      @HeaderParam("HX-Request") @Nullable String htmx) {
    corrections.correct(id, verdict, identity.required());
    return respond(id, htmx);
  }

  @POST
  @Path("undo")
  public Response undo(@PathParam("id") UUID id, @HeaderParam("HX-Request") @Nullable String htmx) {
    corrections.undo(id, identity.required());
    return respond(id, htmx);
  }

  private Response respond(UUID id, @Nullable String htmx) {
    return htmx == null
        ? Response.seeOther(URI.create("/messages/" + id)).build()
        : Response.ok(View.fragment("noise/_correct", "answer",
            Map.of("m", feed.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.message")))))).build();
  }
}
