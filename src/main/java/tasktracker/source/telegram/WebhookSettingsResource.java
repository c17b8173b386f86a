package tasktracker.source.telegram;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.problem.Problem;
import tasktracker.source.telegram.bot.BotApiException;

/** REST resource of the connection to Telegram. */
@RequestScoped
@Path("/api/v1/webhook-settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.ADMIN)
public class WebhookSettingsResource {

  public record GroupView(long id, String name) {}

  public record TelegramView(String protocol, @Nullable String host, @Nullable String webhookUrl, boolean isActive,
      @Nullable Instant lastSetAt, String mode, List<GroupView> groups) {}

  public record Settings(TelegramView telegram, String defaultProtocol, @Nullable String defaultHost) {}

  public record Address(@Nullable String protocol, @Nullable String host) {}

  public record GroupRequest(@Nullable String groupId) {}

  public record GroupsRequest(@Nullable List<String> groupIds) {}

  public record Outcome(boolean success, @Nullable String webhookUrl, String message, @Nullable String error) {}

  public record WebhookInfo(@Nullable String url, @Nullable Integer pendingUpdateCount, @Nullable Instant lastErrorDate,
      @Nullable String lastErrorMessage) {}

  public record Info(boolean success, WebhookInfo webhookInfo, @Nullable String error) {}

  @Inject private TelegramConnection connection;
  @Inject private TelegramSetupStore setupStore;
  @Inject private TelegramGroups groups;
  @Inject private TelegramConfig config;
  @Inject private Identity identity;

  @GET
  @Allowed(Role.REVIEWER)
  public Settings settings() {
    return new Settings(telegram(), "https", config.publicUrl().map(WebhookSettingsResource::host).orElse(null));
  }

  private TelegramView telegram() {
    TelegramSetup setup = setupStore.get();
    return new TelegramView("https", Optional.ofNullable(setup.publicUrl()).map(WebhookSettingsResource::host).orElse(null),
        setup.webhookUrl(), setup.isRegistered(), setup.registeredAt(), setup.mode(),
        groups.list().stream().map(g -> new GroupView(g.telegramId(), g.name())).toList());
  }

  private static String host(String url) {
    return url.replaceFirst("^https?://", "");
  }

  @POST
  public TelegramView save(@Nullable Address address) {
    return attempt(() -> {
      saveAddress(address);
      return telegram();
    });
  }

  private void saveAddress(@Nullable Address address) {
    String host = address == null || address.host() == null ? "" : address.host().strip();
    if (host.contains("://")) {
      throw Problem.badRequest("The field host must be a name without https://.");
    }
    String protocol = address == null || address.protocol() == null ? "https" : address.protocol();
    connection.saveUrl(host.isEmpty() ? "" : protocol + "://" + host);
  }

  /** Saves the URL and registers the webhook. */
  @POST
  @Path("telegram/set")
  public Outcome register(@Nullable Address address) {
    return attempt(() -> {
      saveAddress(address);
      return new Outcome(true, connection.register(false).webhookUrl(), "Webhook registered. Telegram now delivers to this address.", null);
    });
  }

  @DELETE
  @Path("telegram")
  public Outcome unregister() {
    return attempt(() -> new Outcome(true, connection.unregister().activeUrl(), "Telegram delivers nothing now.", null));
  }

  @GET
  @Path("telegram/info")
  @Allowed(Role.ADMIN) // sends a request to Telegram and saves the result
  public Info info() {
    TelegramSetup setup = attempt(connection::check);
    return new Info(setup.problem() == null, new WebhookInfo(setup.activeUrl(), setup.pendingUpdates(), setup.lastErrorAt(),
        setup.lastError()), setup.problem() == null ? null : setup.problem() + " " + setup.problemText());
  }

  /** Adds groups; existing groups stay. */
  @PUT
  @Path("telegram/group-ids")
  public TelegramView add(@Nullable GroupsRequest asked) {
    return attempt(() -> {
      Optional.ofNullable(asked).map(GroupsRequest::groupIds).orElse(List.of()).forEach(id -> groups.add(id, identity.name()));
      return telegram();
    });
  }

  @POST
  @Path("telegram/groups")
  public TelegramView add(@Nullable GroupRequest asked) {
    return attempt(() -> {
      groups.add(asked == null ? null : asked.groupId(), identity.name());
      return telegram();
    });
  }

  @DELETE
  @Path("telegram/groups/{id}")
  public TelegramView remove(@PathParam("id") long id) {
    groups.remove(groups.find(id).orElseThrow(() -> Problem.notFound("group with this id")));
    return telegram();
  }

  @POST
  @Path("telegram/groups/refresh-names")
  public TelegramView refresh() {
    return attempt(() -> {
      groups.refresh();
      return telegram();
    });
  }

  private static <T> T attempt(Supplier<T> verb) {
    try {
      return verb.get();
    } catch (InvalidInput unfit) {
      throw Problem.badRequest(unfit.english());
    } catch (BotApiException trouble) {
      throw new Problem(trouble.kind() == BotApiException.Kind.NO_TOKEN ? 503 : 502, "Telegram did not do it",
          trouble.kind() == BotApiException.Kind.NO_TOKEN
              ? "Set TELEGRAM_BOT_TOKEN in the server's environment and start it again."
              : "Telegram: " + trouble.kind().wire() + " " + trouble.text());
    }
  }
}
