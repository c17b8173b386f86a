package tasktracker.platform.security.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.web.Preferences;

/** The API for the current caller. */
@RequestScoped
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

  /** @param how {@code session} or {@code token} */
  public record Me(UUID accountId, String name, String displayName, String role, String how, Preferences preferences) {}

  @Inject Identity identity;

  @GET
  public Me me() {
    Caller caller = identity.required();
    return new Me(caller.accountId(), caller.name(), caller.displayName(), caller.role().wire(), caller.how().wire(),
        caller.preferences());
  }
}
