package tasktracker.source.telegram;

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
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.template.View;
import tasktracker.source.telegram.bot.BotApiException;
import tasktracker.source.telegram.update.InboxUpdates;

/** The settings page of Telegram. Reviewers read, administrators change. */
@RequestScoped
@Path("/settings/sources/telegram")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.ADMIN)
public class TelegramPage {

  private static final String HERE = "/settings/sources/telegram";
  private static final Set<String> DONE = Set.of("url", "registered", "unregistered", "polling", "checked", "group",
      "removed", "refreshed", "listed", "disabled", "enabled", "retried");

  /** Invalid form input and the field next to which the error is shown. */
  public record FormError(String field, String reason, String typed, String text) {}

  @Inject private TelegramConnection connection;
  @Inject private TelegramSetupStore setupStore;
  @Inject private TelegramGroups groups;
  @Inject private TelegramConfig config;
  @Inject private Identity identity;
  @Inject private InboxUpdates inboxUpdates;

  @GET
  @Allowed(Role.REVIEWER)
  public View show(@QueryParam("done") @Nullable String done) {
    return page(done, null);
  }

  private View page(@Nullable String done, @Nullable FormError error) {
    TelegramSetup setup = setupStore.get();
    List<TelegramGroup> all = groups.list();
    Map<String, Object> model = new HashMap<>();
    model.put("s", setup);
    model.put("groups", all);
    model.put("may", identity.may(Role.ADMIN));
    model.put("hasToken", config.botToken().isPresent());
    model.put("suggested", suggestedUrl(setup, config.publicUrl().orElse(""), error));
    model.put("unread", inboxUpdates.listUnreadable());
    model.put("ignored", inboxUpdates.listIgnored());
    model.put("ignoredCounts", inboxUpdates.countIgnored());
    model.put("done", done != null && DONE.contains(done) ? done : null);
    model.put("wrong", error);
    return View.page("telegram/page", model);
  }

  /** What stands in the field of the URL: what was typed and refused, else what is saved, else what is configured. */
  static String suggestedUrl(TelegramSetup setup, String configured, @Nullable FormError error) {
    if (error != null && error.field().equals("url") && !error.typed().isEmpty()) {
      return error.typed();
    }
    return setup.publicUrl() == null ? configured : setup.publicUrl();
  }

  @POST
  @Path("url")
  public Response url(@FormParam("url") @DefaultValue("") String url) {
    return attempt("url", url, "url", () -> connection.saveUrl(url));
  }

  @POST
  @Path("register")
  public Response register(@FormParam("forget_pending") @DefaultValue("") String forget) {
    return attempt("url", "", "registered", () -> connection.register(forget.equals("true")));
  }

  @POST
  @Path("unregister")
  public Response unregister() {
    return attempt("action", "", "unregistered", connection::unregister);
  }

  @POST
  @Path("poll")
  public Response poll() {
    return attempt("action", "", "polling", connection::enablePolling);
  }

  @POST
  @Path("test")
  public Response test() {
    return attempt("action", "", "checked", connection::check);
  }

  @POST
  @Path("groups")
  public Response add(@FormParam("group") @DefaultValue("") String group) {
    return attempt("group", group, "group", () -> groups.add(group, identity.name()));
  }

  @POST
  @Path("groups/refresh")
  public Response refresh() {
    return attempt("group", "", "refreshed", groups::refresh);
  }

  @POST
  @Path("groups/{id}/remove")
  public Response remove(@PathParam("id") UUID id) {
    return attempt("group", "", "removed", () -> groups.remove(id));
  }

  @POST
  @Path("only-listed")
  public Response onlyListed(@FormParam("only_listed") @DefaultValue("false") boolean only) {
    return attempt("group", "", "listed", () -> connection.setOnlyListed(only));
  }

  @POST
  @Path("updates/{id}/retry")
  public Response retry(@PathParam("id") UUID id) {
    return attempt("action", "", "retried", () -> inboxUpdates.retry(id));
  }

  /** Redirects to the job's page, which shows the progress and can cancel it. */
  @POST
  @Path("reread")
  public Response reread() {
    return Response.seeOther(URI.create("/system/jobs/" + inboxUpdates.enqueueReread())).build();
  }

  /** The confirmation page of disabling Telegram. */
  @GET
  @Path("disable")
  public View askToDisable() {
    List<TelegramGroup> all = groups.list();
    return View.page("telegram/disable", Map.of("groups", all, "messages", all.stream().mapToLong(TelegramGroup::messages).sum()));
  }

  @POST
  @Path("disable")
  public Response disable() {
    return attempt("action", "", "disabled", connection::disable);
  }

  @POST
  @Path("enable")
  public Response enable() {
    return attempt("action", "", "enabled", connection::enable);
  }

  private Response attempt(String field, String typed, String done, Runnable verb) {
    try {
      verb.run();
      return Response.seeOther(URI.create(HERE + "?done=" + done)).build();
    } catch (InvalidInput unfit) {
      return showAgain(422, new FormError(field, "unfit." + unfit.reason(), typed, ""));
    } catch (BotApiException trouble) {
      return showAgain(422, new FormError(field, "trouble." + reason(trouble), typed, trouble.text()));
    }
  }

  /** Rejected requests are explained by Telegram's error text, a rejected URL by a suggested fix. */
  private static String reason(BotApiException trouble) {
    boolean isChat = trouble.text().contains("chat not found") || trouble.kind() == BotApiException.Kind.FORBIDDEN;
    return isChat
        ? "chat"
        : trouble.kind() == BotApiException.Kind.REFUSED ? "remedy." + SuggestedFix.of(trouble.text()) : trouble.kind().wire();
  }

  private Response showAgain(int status, FormError error) {
    return Response.status(status).entity(page(null, error)).build();
  }
}
