package tasktracker.platform.security.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.SessionOnly;
import tasktracker.platform.security.request.Cookies;
import tasktracker.platform.security.session.KnownDevices;
import tasktracker.platform.security.session.Sessions;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.problem.FormError;
import tasktracker.platform.web.problem.FormNotices;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** The page of the user's own account: display name, time zone, password, active sessions. */
@RequestScoped
@Path("/account")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.READER)
@SessionOnly
public class AccountPage {

  @Inject Accounts accounts;
  @Inject AccountPasswords passwords;
  @Inject Sessions sessions;
  @Inject Identity identity;
  @Context HttpServletRequest request;
  @Context HttpServletResponse response;

  @GET
  public View show(@QueryParam("done") @Nullable String done) {
    return View.page("security/account", model(FormNotices.done(done)));
  }

  private Map<String, Object> model(Map<String, ?> notice) {
    Caller me = identity.required();
    Map<String, Object> model = new HashMap<>(notice);
    model.put("account", accounts.get(me.accountId()));
    model.put("zone", me.preferences().timeZone().getId());
    model.put("areas", TimeZones.byArea());
    model.put("sessions", sessions.of(me.accountId(), me.credentialId()));
    return model;
  }

  @POST
  @Path("name")
  public Response rename(@FormParam("display_name") @DefaultValue("") String name) {
    return tried("name", () -> accounts.rename(identity.accountId(), name));
  }

  @POST
  @Path("time-zone")
  public Response setTimeZone(@FormParam("time_zone") @DefaultValue("") String name) {
    return tried("zone", () -> accounts.setTimeZone(identity.accountId(),
        TimeZones.find(name).orElseThrow(() -> FormError.invalid("account.zone"))));
  }

  @POST
  @Path("password")
  public Response changePassword(@FormParam("present") @DefaultValue("") String present,
      @FormParam("password") @DefaultValue("") String password, @FormParam("again") @DefaultValue("") String again) {
    return tried("password", () -> {
      if (!password.equals(again)) {
        throw FormError.invalid("password.again");
      }
      String deviceCookie = passwords.changeOwnPassword(identity.required(), present, password, KnownDevices.cookie(request));
      Cookies.set(request, response, KnownDevices.COOKIE, deviceCookie, KnownDevices.MAX_AGE);
    });
  }

  /** Ends one of the user's own sessions. */
  @POST
  @Path("sessions/{id}/end")
  public Response end(@PathParam("id") UUID id) {
    return tried("session", () -> {
      if (!sessions.end(id, identity.accountId())) {
        throw Problem.notFound(LocalizedMessage.of("problem.none.session"));
      }
    });
  }

  private Response tried(String what, Runnable verb) {
    return FormNotices.submit("/account?done=" + what, verb, refused -> View.page("security/account", model(FormNotices.refused(refused))));
  }
}
