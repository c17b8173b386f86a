package tasktracker.platform.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Address;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.View;

/** The way in for people. */
@RequestScoped
@Path("/sign-in")
@Produces(MediaType.TEXT_HTML)
public class SignInPage {

  @Inject SigningIn signingIn;
  @Inject SecurityConfig config;
  @Inject Identity identity;
  @Context HttpServletRequest request;
  @Context HttpServletResponse response;

  @GET
  public Response show(@QueryParam("next") @Nullable String next) {
    return identity.isSignedIn() ? to(LocalAddress.orStart(next)) : form(200, next, "", "");
  }

  @POST
  public Response signIn(@FormParam("name") @DefaultValue("") String name,
      @FormParam("password") @DefaultValue("") String password, @FormParam("next") @Nullable String next) {
    try {
      Optional<UUID> account = signingIn.recognise(name, password);
      return account.map(id -> begin(id, password, next)).orElseGet(() -> form(401, next, name, "security.in.wrong"));
    } catch (Problem tooMany) {
      if (tooMany.retryAfterSeconds() == null) {
        throw tooMany;
      }
      response.setHeader("Retry-After", tooMany.retryAfterSeconds().toString());
      return form(tooMany.status(), next, name, "security.in.wait");
    }
  }

  private Response begin(UUID id, String password, @Nullable String next) {
    String former = Cookies.read(request, Cookies.SESSION).orElse(null);
    var begun = signingIn.begin(id, password, former, request.getHeader("User-Agent"));
    Cookies.set(request, response, Cookies.SESSION, begun.token(), config.sessionLongest());
    Cookies.remember(request, response, begun.account().preferences());
    return to(LocalAddress.orStart(next));
  }

  private static Response form(int status, @Nullable String next, String name, String error) {
    return Response.status(status).entity(View.page("security/sign-in",
        Map.of("next", LocalAddress.orStart(next), "name", name, "error", error))).build();
  }

  private static Response to(String address) {
    return Response.seeOther(Address.parse(address)).build();
  }
}
