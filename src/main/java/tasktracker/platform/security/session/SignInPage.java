package tasktracker.platform.security.session;

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
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Public;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.account.Account;
import tasktracker.platform.security.account.Accounts;
import tasktracker.platform.security.request.Cookies;
import tasktracker.platform.security.request.LocalAddress;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** The sign-in page. */
@RequestScoped
@Path("/sign-in")
@Produces(MediaType.TEXT_HTML)
public class SignInPage {

  @Inject SignIn signingIn;
  @Inject Accounts accounts;
  @Inject SecurityConfig config;
  @Inject Identity identity;
  @Context HttpServletRequest request;
  @Context HttpServletResponse response;

  @GET
  @Public
  public Response show(@QueryParam("next") @Nullable String next) {
    return identity.isSignedIn() ? redirectTo(LocalAddress.orHome(next)) : form(200, next, "", "");
  }

  @POST
  @Public
  public Response signIn(@FormParam("name") @DefaultValue("") String name,
      @FormParam("password") @DefaultValue("") String password, @FormParam("next") @Nullable String next,
      @FormParam("time_zone") @Nullable String timeZone) {
    try {
      return signingIn.verify(name, password, KnownDevices.cookie(request)).flatMap(verified -> begin(verified, timeZone))
          .map(account -> redirectTo(LocalAddress.orHome(next))).orElseGet(() -> form(401, next, name, "security.in.wrong"));
    } catch (Problem later) {
      if (later.retryAfterSeconds() == null) {
        throw later;
      }
      response.setHeader("Retry-After", later.retryAfterSeconds().toString());
      return form(later.status(), next, name, later.status() == 429 ? "security.in.wait" : "security.busy");
    }
  }

  private Optional<Account> begin(SignIn.VerifiedSignIn verified, @Nullable String timeZone) {
    String former = Cookies.read(request, Cookies.SESSION).orElse(null);
    var session = signingIn.begin(verified, former, KnownDevices.cookie(request), request.getHeader("User-Agent"));
    session.ifPresent(this::setCookies);
    session.ifPresent(started -> keepTimeZone(started.account(), timeZone));
    return session.map(SignIn.StartedSession::account);
  }

  /** The first browser that signs in tells the time zone of the account. */
  private void keepTimeZone(Account account, @Nullable String ofBrowser) {
    if (!account.hasTimeZone()) {
      TimeZones.find(ofBrowser).ifPresent(zone -> accounts.initTimeZone(account.id(), zone));
    }
  }

  private void setCookies(SignIn.StartedSession session) {
    Cookies.set(request, response, Cookies.SESSION, session.token(), config.sessionMaxAge());
    Cookies.set(request, response, KnownDevices.COOKIE, session.deviceCookie(), KnownDevices.MAX_AGE);
    Cookies.savePreferences(request, response, session.account().preferences());
  }

  private static Response form(int status, @Nullable String next, String name, String error) {
    return Response.status(status).entity(View.page("security/sign-in",
        Map.of("next", LocalAddress.orHome(next), "name", Account.normalizeName(name).isPresent() ? name : "", "error", error))).build();
  }

  private static Response redirectTo(String address) {
    return Response.seeOther(LocalUrl.parse(address)).build();
  }
}
