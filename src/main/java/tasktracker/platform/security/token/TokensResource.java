package tasktracker.platform.security.token;

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
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.ManagesAccounts;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.ResponseType;

/** The API for tokens. */
@RequestScoped
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.ADMIN)
@ManagesAccounts
public class TokensResource {

  /**
   * The request for a new token.
   *
   * @param expiresInDays days until it expires, or null for never
   * @param managesAccounts whether it may manage accounts, sessions and tokens; false by default
   */
  public record NewToken(@Nullable String name, @Nullable String role, @Nullable Integer expiresInDays,
      @Nullable Boolean managesAccounts) {}

  @Inject ApiTokens tokens;
  @Inject Identity identity;

  @GET
  public List<ApiTokens.TokenRow> list() {
    return tokens.all();
  }

  /** Only this response contains the token itself. */
  @POST
  @ResponseType(status = 201, value = ApiTokens.CreatedToken.class)
  public Response make(@Nullable NewToken body) {
    NewToken wanted = RequestReader.body(body);
    ApiTokens.CreatedToken made = tokens.create(identity.required(), Optional.ofNullable(wanted.name()).orElse(""),
        RequestReader.role(wanted.role()), wanted.expiresInDays(), Boolean.TRUE.equals(wanted.managesAccounts()));
    return Response.created(URI.create("/api/v1/tokens/" + made.id())).entity(made).build();
  }

  @DELETE
  @Path("{id}")
  public void revoke(@PathParam("id") UUID id) {
    tokens.revoke(id);
  }
}
