package tasktracker.llm.provider;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.outbound.HostAndPort;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** REST resource of providers. */
@RequestScoped
@Path("/api/v1/providers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class ProvidersResource {

  /** The models of a provider. */
  public record Models(List<ProviderModels.Model> models) {}

  @Inject Providers providers;
  @Inject ProviderModels models;
  @Inject Identity identity;

  @GET
  @QueryParameters({"active_only", "limit", "skip"})
  public List<ProviderItem> list(@BeanParam Query query) {
    return providers.list("true".equals(query.one("active_only", java.util.Set.of("true", "false"), "false")),
        query.number("limit", 100, 1, 1000), query.number("skip", 0, 0, 1_000_000), Locale.ENGLISH);
  }

  @GET
  @Path("{id}")
  public ProviderItem get(@PathParam("id") UUID id) {
    return providers.get(id, Locale.ENGLISH);
  }

  @POST
  @Allowed(Role.ADMIN)
  @ResponseType(status = 201, value = ProviderItem.class)
  public Response create(@Nullable ProviderChange body) {
    UUID id = providers.create(RequestReader.body(body), identity.name());
    return Response.created(URI.create("/api/v1/providers/" + id)).entity(get(id)).build();
  }

  @PUT
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public ProviderItem update(@PathParam("id") UUID id, @Nullable ProviderChange body) {
    providers.update(id, RequestReader.body(body));
    return get(id);
  }

  @DELETE
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public void delete(@PathParam("id") UUID id) {
    providers.delete(id);
  }

  /** Has the provider validated again. */
  @POST
  @Path("{id}/validation")
  @Allowed(Role.ADMIN)
  @ResponseType(status = 202, value = ProviderItem.class)
  public Response validate(@PathParam("id") UUID id) {
    providers.validate(id);
    return Response.accepted(get(id)).build();
  }

  @GET
  @Path("{id}/models")
  public Models models(@PathParam("id") UUID id) {
    if (!get(id).isActive()) {
      throw Problem.conflict(LocalizedMessage.of("problem.agent.test.inactive"));
    }
    return asked(() -> models.list(providers.settings(id)));
  }

  /** The models of an Ollama server that need not be a provider yet. */
  @GET
  @Path("ollama/models")
  @Allowed(Role.ADMIN)
  @QueryParameters("host")
  public Models ollamaModels(@BeanParam Query query) {
    String host = query.text("host", 500);
    URI url = url(host == null ? "http://localhost:11434" : host.contains("://") ? host : "http://" + host);
    return asked(() -> models.listOllama(url));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (HostAndPort.of(url).isPresent() && url.getRawQuery() == null && url.getRawFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw Problem.badRequest(LocalizedMessage.of("outbound.reason.invalid_url"));
  }

  private static Models asked(Supplier<List<ProviderModels.Model>> question) {
    try {
      return new Models(question.get());
    } catch (ProviderFailure failure) {
      LocalizedMessage message = ProviderFailure.message(failure.reason(), failure.detail());
      throw switch (failure.reason()) {
        case "timeout" -> new Problem(504, "Gateway timeout", message);
        case "address_refused", "restricted", "invalid_url", "unknown_host" -> Problem.badRequest(message);
        default -> new Problem(502, "Bad gateway", message);
      };
    }
  }
}
