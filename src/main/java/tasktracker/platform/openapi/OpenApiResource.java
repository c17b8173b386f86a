package tasktracker.platform.openapi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.ClassIndex;

/** The OpenAPI document, for every signed-in caller. It is made at the first request. */
@ApplicationScoped
@Path("/openapi")
@Produces(MediaType.APPLICATION_JSON)
public class OpenApiResource {

  private volatile @Nullable String document;

  @GET
  public String get() {
    String made = document;
    if (made == null) {
      made = OpenApiDocument.of(ClassIndex.annotatedWith(Path.class)).toString();
      document = made;
    }
    return made;
  }
}
