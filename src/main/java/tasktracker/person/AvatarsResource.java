package tasktracker.person;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import tasktracker.platform.web.problem.Problem;

/** Profile pictures for pages. */
@RequestScoped
@Path("/avatars")
public class AvatarsResource {

  private final Avatars avatars;

  @Inject
  public AvatarsResource(Avatars avatars) {
    this.avatars = avatars;
  }

  @GET
  @Path("{person}")
  public Response show(@PathParam("person") UUID person) {
    Avatars.Avatar avatar = avatars.of(person).orElseThrow(() -> Problem.notFound("picture of this person"));
    return Response.ok(avatar.bytes(), avatar.mediaType()).header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "private, max-age=3600").header("Content-Disposition", "inline").build();
  }
}
