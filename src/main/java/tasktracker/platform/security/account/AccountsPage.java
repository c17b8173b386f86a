package tasktracker.platform.security.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.ManagesAccounts;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.problem.FormNotices;
import tasktracker.platform.web.template.View;

/** The page on which administrators manage accounts. */
@RequestScoped
@Path("/system/accounts")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.ADMIN)
@ManagesAccounts
public class AccountsPage {

  @Inject Accounts accounts;
  @Inject AccountPasswords passwords;
  @Inject Identity identity;

  @GET
  public View show(@QueryParam("done") @Nullable String done) {
    return page(FormNotices.done(done));
  }

  private View page(Map<String, ?> notice) {
    Map<String, Object> model = new HashMap<>(notice);
    model.put("accounts", accounts.all());
    model.put("mine", identity.accountId());
    return View.page("security/accounts", model);
  }

  @POST
  public Response add(@FormParam("name") @DefaultValue("") String name,
      @FormParam("display_name") @DefaultValue("") String displayName, @FormParam("role") @DefaultValue("") String role,
      @FormParam("password") @DefaultValue("") String password) {
    return tried("account", () -> passwords.add(name, displayName.isBlank() ? name : displayName, RequestReader.role(role), password));
  }

  @POST
  @Path("{id}/role")
  public Response changeRole(@PathParam("id") UUID id, @FormParam("role") @DefaultValue("") String role) {
    return tried("role", () -> accounts.changeRole(id, RequestReader.role(role)));
  }

  @POST
  @Path("{id}/password")
  public Response setPassword(@PathParam("id") UUID id, @FormParam("password") @DefaultValue("") String password) {
    return tried("password", () -> passwords.set(id, password, sessionThatStays(id)));
  }

  private @Nullable UUID sessionThatStays(UUID account) {
    Caller me = identity.required();
    return me.accountId().equals(account) ? me.credentialId() : null;
  }

  @POST
  @Path("{id}/deactivate")
  public Response deactivate(@PathParam("id") UUID id) {
    return tried("active", () -> accounts.deactivate(id));
  }

  @POST
  @Path("{id}/activate")
  public Response activate(@PathParam("id") UUID id) {
    return tried("active", () -> accounts.activate(id));
  }

  private Response tried(String what, Runnable verb) {
    return FormNotices.submit("/system/accounts?done=" + what, verb, refused -> page(FormNotices.refused(refused)));
  }
}
