package tasktracker.llm.provider;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.outbound.HostAndPort;
import tasktracker.platform.outbound.OutboundAllowList;
import tasktracker.platform.outbound.OutboundClient;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** Pages of providers. Reviewers see them; administrators change them. */
@RequestScoped
@Path("/providers")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class ProvidersPage {

  private static final int ALL = 1000;
  private static final URI HERE = URI.create("/providers");
  @Inject Providers providers;
  @Inject ProviderStore store;
  @Inject OutboundAllowList allowed;
  @Inject OutboundClient client;
  @Inject Identity identity;
  @Context HttpServletRequest request;

  private Locale locale() {
    return Preferences.of(request).locale();
  }

  @GET
  public View list() {
    return View.page("provider/list", Map.of("providers", providers.list(false, ALL, 0, locale()), "may", identity.may(Role.ADMIN)));
  }

  @GET
  @Path("new")
  @Allowed(Role.ADMIN)
  public View blank() {
    return form(null, values(ProviderChange.DEFAULTS), "");
  }

  @GET
  @Path("{id}/edit")
  @Allowed(Role.ADMIN)
  public View edit(@PathParam("id") UUID id) {
    ProviderItem item = providers.get(id, locale());
    Map<String, Object> values = values(new ProviderChange(item.name(), item.type(), item.baseUrl(), null, null, item.isActive(),
        item.failoverOrder(), item.concurrency(), item.timeoutSeconds(), item.dailyTokenBudget(), item.excludedChats()));
    return form(item, values, "");
  }

  /** The values of the form; the key is never among them. */
  private static Map<String, Object> values(ProviderChange change) {
    Map<String, Object> values = new HashMap<>();
    values.put("name", Objects.requireNonNullElse(change.name(), ""));
    values.put("type", Objects.requireNonNullElse(change.type(), "ollama"));
    values.put("base_url", Objects.requireNonNullElse(change.baseUrl(), ""));
    values.put("is_active", Objects.requireNonNullElse(change.isActive(), true));
    values.put("failover_order", Objects.requireNonNullElse(change.failoverOrder(), ""));
    values.put("concurrency", Objects.requireNonNullElse(change.concurrency(), ""));
    values.put("timeout_seconds", Objects.requireNonNullElse(change.timeoutSeconds(), ""));
    values.put("daily_token_budget", Objects.requireNonNullElse(change.dailyTokenBudget(), ""));
    values.put("excluded", Objects.requireNonNullElse(change.excludedChats(), List.of()));
    return values;
  }

  private View form(@Nullable ProviderItem item, Map<String, Object> values, String error) {
    Map<String, Object> model = new HashMap<>(
        Map.of("values", values, "error", error, "chats", store.chats(item == null ? null : item.id()), "types",
            Arrays.stream(ProviderType.values()).filter(ProviderType::isRemote).map(ProviderType::wire).toList()));
    model.put("item", item);
    return View.page("provider/form", model);
  }

  @POST
  @Allowed(Role.ADMIN)
  public Response create(MultivaluedMap<String, String> fields) {
    return save(null, fields);
  }

  @POST
  @Path("{id}")
  @Allowed(Role.ADMIN)
  public Response update(@PathParam("id") UUID id, MultivaluedMap<String, String> fields) {
    return save(id, fields);
  }

  private Response save(@Nullable UUID id, MultivaluedMap<String, String> fields) {
    ProviderChange change = change(fields);
    try {
      UUID saved = id == null ? providers.create(change, identity.name()) : id;
      if (id != null) {
        providers.update(id, change);
      }
      return Response.seeOther(refused(saved).isPresent() ? URI.create("/providers/" + saved + "/allow") : HERE).build();
    } catch (Problem problem) {
      return again(problem.status(), id, change, problem.detail(locale()));
    }
  }

  /** The host and port that an administrator has to allow before this provider can be asked. */
  private Optional<HostAndPort> refused(UUID id) {
    String url = providers.get(id, locale()).baseUrl();
    return url == null ? Optional.empty() : client.refusedAddress(URI.create(url));
  }

  private Response again(int status, @Nullable UUID id, ProviderChange change, String error) {
    ProviderItem item = id == null ? null : providers.get(id, locale());
    return Response.status(status).entity(form(item, values(change), error)).build();
  }

  private static ProviderChange change(MultivaluedMap<String, String> fields) {
    return new ProviderChange(fields.getFirst("name"), fields.getFirst("type"),
        Objects.requireNonNullElse(fields.getFirst("base_url"), ""), fields.getFirst("api_key"),
        "true".equals(fields.getFirst("clear_key")),
        "true".equals(fields.getFirst("is_active")), number(fields, "failover_order"), number(fields, "concurrency"),
        number(fields, "timeout_seconds"), longNumber(fields, "daily_token_budget"), chats(fields));
  }

  private static @Nullable Integer number(MultivaluedMap<String, String> fields, String name) {
    Long number = longNumber(fields, name);
    return number == null ? null : Integer.valueOf((int) Math.max(-1, Math.min(number, Integer.MAX_VALUE)));
  }

  /** A number; null for the stored or default one when nothing was entered, -1 when it is none. */
  private static @Nullable Long longNumber(MultivaluedMap<String, String> fields, String name) {
    String text = fields.getFirst(name);
    return text == null || text.isBlank() ? null : Long.valueOf(text.strip().matches("\\d{1,15}") ? Long.parseLong(text.strip()) : -1);
  }

  private static List<UUID> chats(MultivaluedMap<String, String> fields) {
    return fields.getOrDefault("excluded", List.of()).stream()
        .filter(text -> text.matches("[0-9a-fA-F-]{36}")).map(tasktracker.platform.web.query.Query::uuid).toList();
  }

  @POST
  @Path("{id}/active")
  @Allowed(Role.ADMIN)
  public Response setActive(@PathParam("id") UUID id, MultivaluedMap<String, String> fields) {
    providers.setActive(id, "true".equals(fields.getFirst("active")));
    return Response.seeOther(HERE).build();
  }

  @POST
  @Path("{id}/validation")
  @Allowed(Role.ADMIN)
  public Response validate(@PathParam("id") UUID id) {
    providers.validate(id);
    return Response.seeOther(HERE).build();
  }

  /** The page that offers to allow the private address of a provider: exactly that host and port. */
  @GET
  @Path("{id}/allow")
  @Allowed(Role.ADMIN)
  public View askToAllow(@PathParam("id") UUID id) {
    ProviderItem item = providers.get(id, locale());
    return View.page("provider/allow", Map.of("item", item, "address", refused(id).map(HostAndPort::toString).orElse("")));
  }

  @POST
  @Path("{id}/allow")
  @Allowed(Role.ADMIN)
  public Response allow(@PathParam("id") UUID id) {
    refused(id).ifPresent(address -> allowed.allow(address.toString(), identity.name()));
    providers.validate(id);
    return Response.seeOther(HERE).build();
  }

  /** The page that asks before a provider is deleted, and names what prevents it. */
  @GET
  @Path("{id}/delete")
  @Allowed(Role.ADMIN)
  public View confirmDelete(@PathParam("id") UUID id) {
    return View.page("provider/delete", Map.of("item", providers.get(id, locale()), "users", providers.usedBy(id)));
  }

  @POST
  @Path("{id}/delete")
  @Allowed(Role.ADMIN)
  public Response delete(@PathParam("id") UUID id) {
    providers.delete(id);
    return Response.seeOther(HERE).build();
  }
}
