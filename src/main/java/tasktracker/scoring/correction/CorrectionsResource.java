package tasktracker.scoring.correction;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Identity;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;

/** REST endpoints for the correction of a message. */
@RequestScoped
@Path("/api/v1/messages/{id}/correction")
@Produces(MediaType.APPLICATION_JSON)
public class CorrectionsResource {

  /** The request body. */
  public record CorrectionRequest(@Nullable String verdict) {}

  @Inject Corrections corrections;
  @Inject Identity identity;

  /** Corrects the message. A previous correction is replaced. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseType(status = 201, value = Correction.class)
  public Response correct(@PathParam("id") UUID id, @Nullable CorrectionRequest request) {
    if (request == null || request.verdict() == null) {
      throw Problem.unprocessable("The body must be an object with a verdict, such as {\"verdict\": \"signal\"}.");
    }
    return Response.status(201).entity(corrections.correct(id, request.verdict(), identity.required())).build();
  }

  @GET
  public Correction get(@PathParam("id") UUID id) {
    return corrections.findActive(id).orElseThrow(() -> Problem.notFound("correction of this message"));
  }

  @DELETE
  @ResponseType(status = 204)
  public Response undo(@PathParam("id") UUID id) {
    corrections.undo(id, identity.required());
    return Response.noContent().build();
  }
}
