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
import tasktracker.platform.web.View;

/** Where Telegram is connected and watched. Reviewers look, administrators act. */
@RequestScoped
@Path("/settings/sources/telegram")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.ADMIN)
public class TelegramPage {

  private static final String HERE = "/settings/sources/telegram";
  private static final Set<String> DONE = Set.of("url", "registered", "unregistered", "polling", "checked", "group",
      "removed", "refreshed", "listed", "disabled", "enabled", "retried");

  /** What a form brought that could not be used, and where on the page that is told. */
  public record Wrong(String field, String reason, String typed, String text) {}

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

  private View page(@Nullable String done, @Nullable Wrong wrong) {
    TelegramSetup setup = setupStore.now();
    List<TelegramGroup> all = groups.all();
    Map<String, Object> model = new HashMap<>();
    model.put("s", setup);
    model.put("groups", all);
    model.put("may", identity.may(Role.ADMIN));
    model.put("hasToken", config.botToken().isPresent());
    model.put("suggested", setup.publicUrl() == null ? config.publicUrl().orElse("") : setup.publicUrl());
    model.put("unread", inboxUpdates.unread());
    model.put("done", done != null && DONE.contains(done) ? done : null);
    model.put("wrong", wrong);
    return View.page("telegram/page", model);
  }

  @POST
  @Path("url")
  public Response url(@FormParam("url") @DefaultValue("") String url) {
    return tried("url", url, "url", () -> connection.saveUrl(url));
  }

  @POST
  @Path("register")
  public Response register(@FormParam("forget_pending") @DefaultValue("") String forget) {
    return tried("url", "", "registered", () -> connection.register(forget.equals("true")));
  }

  @POST
  @Path("unregister")
  public Response unregister() {
    return tried("action", "", "unregistered", connection::unregister);
  }

  @POST
  @Path("poll")
  public Response poll() {
    return tried("action", "", "polling", connection::poll);
  }

  @POST
  @Path("test")
  public Response test() {
    return tried("action", "", "checked", connection::check);
  }

  @POST
  @Path("groups")
  public Response add(@FormParam("group") @DefaultValue("") String group) {
    return tried("group", group, "group", () -> groups.add(group, identity.name()));
  }

  @POST
  @Path("groups/refresh")
  public Response refresh() {
    return tried("group", "", "refreshed", groups::refresh);
  }

  @POST
  @Path("groups/{id}/remove")
  public Response remove(@PathParam("id") UUID id) {
    return tried("group", "", "removed", () -> groups.remove(id));
  }

  @POST
  @Path("only-listed")
  public Response onlyListed(@FormParam("only_listed") @DefaultValue("false") boolean only) {
    return tried("group", "", "listed", () -> connection.onlyListed(only));
  }

  @POST
  @Path("updates/{id}/retry")
  public Response retry(@PathParam("id") UUID id) {
    return tried("action", "", "retried", () -> inboxUpdates.retry(id));
  }

  /** Leads to the job, which shows how far it is and can be cancelled there. */
  @POST
  @Path("reread")
  public Response reread() {
    return Response.seeOther(URI.create("/system/jobs/" + inboxUpdates.reread())).build();
  }

  /** Tells what switching off means, before it is done. */
  @GET
  @Path("disable")
  public View askToDisable() {
    List<TelegramGroup> all = groups.all();
    return View.page("telegram/disable", Map.of("groups", all, "messages", all.stream().mapToLong(TelegramGroup::messages).sum()));
  }

  @POST
  @Path("disable")
  public Response disable() {
    return tried("action", "", "disabled", connection::disable);
  }

  @POST
  @Path("enable")
  public Response enable() {
    return tried("action", "", "enabled", connection::enable);
  }

  private Response tried(String field, String typed, String done, Runnable verb) {
    try {
      verb.run();
      return Response.seeOther(URI.create(HERE + "?done=" + done)).build();
    } catch (InvalidInput unfit) {
      return again(422, new Wrong(field, "unfit." + unfit.reason(), typed, ""));
    } catch (BotApiException trouble) {
      return again(422, new Wrong(field, "trouble." + reason(trouble), typed, trouble.text()));
    }
  }

  /** Refusals of what was asked are explained by Telegram's words, those of the address by what helps. */
  private static String reason(BotApiException trouble) {
    boolean isChat = trouble.text().contains("chat not found") || trouble.kind() == BotApiException.Kind.FORBIDDEN;
    return isChat ? "chat" : trouble.kind() == BotApiException.Kind.REFUSED ? "remedy." + SuggestedFix.of(trouble.text()) : trouble.kind().wire();
  }

  private Response again(int status, Wrong wrong) {
    return Response.status(status).entity(page(null, wrong)).build();
  }
}
