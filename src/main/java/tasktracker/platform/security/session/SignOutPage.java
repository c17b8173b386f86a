package tasktracker.platform.security.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.SessionOnly;
import tasktracker.platform.security.request.Cookies;

/** Signs a user out. */
@RequestScoped
@Path("/sign-out")
public class SignOutPage {

  @Inject SignIn signingIn;
  @Context HttpServletRequest request;
  @Context HttpServletResponse response;

  @POST
  @Allowed(Role.READER)
  @SessionOnly
  public Response signOut() {
    Cookies.read(request, Cookies.SESSION).ifPresent(signingIn::end);
    Cookies.clear(request, response, Cookies.SESSION);
    // The browser must not show cached pages after the sign-out.
    return Response.seeOther(URI.create("/sign-in")).header("Clear-Site-Data", "\"cache\"").build();
  }
}
