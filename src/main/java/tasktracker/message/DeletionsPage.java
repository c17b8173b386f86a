package tasktracker.message;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
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
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Query;
import tasktracker.platform.web.QueryParameters;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.View;

/** Deleting messages: first what it means, then the deed, and for a while the way back. */
@RequestScoped
@Path("/messages/deleted")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class DeletionsPage {

  private static final long PATIENCE_NS = Duration.ofSeconds(3).toNanos();
  private static final int SHOWN = 10;
  @Inject Deletions deletions;
  @Inject Feed feed;
  @Inject Identity identity;

  /** What was deleted lately. */
  @GET
  public View list() {
    return View.page("message/deleted", Map.of("deletions", deletions.newest(), "days", Deletion.DAYS_KEPT));
  }

  /** Asks before: the chosen messages, or all of the list of this address. */
  @GET
  @Path("new")
  @QueryParameters(of = FeedQuery.class)
  public View ask(@QueryParam("id") List<UUID> chosen, @QueryParam("chosen") boolean isOnlyChosen, @BeanParam Query parameters) {
    FeedQuery query = FeedQuery.of(parameters);
    if (isOnlyChosen && chosen.isEmpty()) {
      throw MessagesPage.nothingChosen();
    }
    if (chosen.isEmpty()) {
      mayDeleteWhole();
      MessageFilter filter = FeedPage.filter(query);
      return ask(feed.previews().after(filter, FeedOrder.NEWEST, null, SHOWN), feed.count(filter), query, List.of());
    }
    List<MessageItem> found = feed.previews().find(chosen).stream().sorted(Comparator.comparing(MessageItem::sentAt).reversed()).toList();
    return ask(found.subList(0, Math.min(SHOWN, found.size())), new Feed.Count(found.size(), true), query,
        found.stream().map(MessageItem::id).toList());
  }

  private static View ask(List<MessageItem> some, Feed.Count count, FeedQuery query, List<UUID> ids) {
    if (some.isEmpty()) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.deletable"));
    }
    return View.page("message/delete", Map.of("rows", some.stream().map(MessageView::new).toList(), "count", count,
        "ids", ids, "filter", query.here(""), "back", query.here("/messages"), "days", Deletion.DAYS_KEPT));
  }

  @POST
  public Response delete(@FormParam("id") List<UUID> chosen, @FormParam("filter") @Nullable String filter) {
    UUID id = chosen.isEmpty() ? whole(filter) : deletions.begin(chosen, identity.name());
    return shown(id);
  }

  private UUID whole(@Nullable String filter) {
    mayDeleteWhole();
    if (filter == null) {
      throw Problem.badRequest(LocalizedMessage.of("problem.deletion.which"));
    }
    FeedQuery query = FeedQuery.written(filter);
    FeedPage.filter(query); // refuses what cannot be read, before anything is deleted
    return deletions.begin(query, identity.name());
  }

  private void mayDeleteWhole() {
    if (!identity.may(Role.ADMIN)) {
      throw Problem.forbidden(LocalizedMessage.of("problem.deletion.whole"));
    }
  }

  @POST
  @Path("{id}/undo")
  public Response undo(@PathParam("id") UUID id) {
    deletions.undo(id);
    return shown(id);
  }

  /** A few hundred messages are gone before the answer; the job does the rest. */
  private Response shown(UUID id) {
    long until = System.nanoTime() + PATIENCE_NS;
    while (!deletions.goOn(id) && System.nanoTime() < until) {
      continue;
    }
    return Response.seeOther(URI.create("/messages/deleted")).build();
  }
}
