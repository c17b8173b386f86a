package tasktracker.platform.security.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.ManagesAccounts;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.ResponseType;

/** The API for accounts. */
@RequestScoped
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.ADMIN)
@ManagesAccounts
public class AccountsResource {

  /** A new account. The display name is the sign-in name by default. */
  public record NewAccount(@Nullable String name, @Nullable String displayName, @Nullable String role, @Nullable String password) {}

  /** Changes of an account; null means no change. */
  public record Change(@Nullable String displayName, @Nullable String role, @Nullable Boolean isActive, @Nullable String password) {}

  @Inject Accounts accounts;
  @Inject AccountPasswords passwords;

  @GET
  public List<AccountRow> list() {
    return accounts.all();
  }

  @GET
  @Path("{id}")
  public AccountRow get(@PathParam("id") UUID id) {
    return accounts.get(id);
  }

  @POST
  @ResponseType(status = 201, value = AccountRow.class)
  public Response add(@Nullable NewAccount body) {
    NewAccount wanted = RequestReader.body(body);
    String name = Optional.ofNullable(wanted.name()).orElse("");
    AccountRow added = passwords.add(name, Optional.ofNullable(wanted.displayName()).orElse(name),
        RequestReader.role(wanted.role()), Optional.ofNullable(wanted.password()).orElse(""));
    return Response.created(URI.create("/api/v1/accounts/" + added.id())).entity(added).build();
  }

  /** Applies all changes or none. */
  @PATCH
  @Path("{id}")
  public AccountRow change(@PathParam("id") UUID id, @Nullable Change body) {
    Change wanted = RequestReader.body(body);
    @Nullable
    Role role = wanted.role() == null ? null : RequestReader.role(wanted.role());
    return passwords.change(id, new AccountPasswords.Changes(wanted.displayName(), role, wanted.isActive(), wanted.password()));
  }

  /** Disables an account and revokes its tokens. The audit log keeps its name. */
  @DELETE
  @Path("{id}")
  public void deactivate(@PathParam("id") UUID id) {
    accounts.deactivate(id);
  }
}
