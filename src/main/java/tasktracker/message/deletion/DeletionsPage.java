package tasktracker.message.deletion;

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
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.FeedLimits;
import tasktracker.message.feed.FeedOrder;
import tasktracker.message.feed.FeedPage;
import tasktracker.message.feed.FeedQuery;
import tasktracker.message.feed.MessageFilter;
import tasktracker.message.feed.MessageItem;
import tasktracker.message.feed.MessagesPage;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;

/** Pages that confirm a deletion, delete, and undo it. */
@RequestScoped
@Path("/messages/deleted")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class DeletionsPage {

  private static final long MAX_WAIT_NS = Duration.ofSeconds(3).toNanos();
  private static final int SAMPLE_SIZE = 10;
  @Inject Deletions deletions;
  @Inject Feed feed;
  @Inject FeedLimits limits;
  @Inject Identity identity;

  /** Lists the latest deletions. */
  @GET
  public View list() {
    return View.page("message/deleted", Map.of("deletions", deletions.list(), "days", Deletion.DAYS_KEPT));
  }

  /** Asks for confirmation: of the selected messages, or of all messages of the list with this query. */
  @GET
  @Path("new")
  @QueryParameters(of = FeedQuery.class)
  public View confirm(@QueryParam("id") List<UUID> chosen, @QueryParam("chosen") boolean isOnlyChosen, @BeanParam Query parameters) {
    FeedQuery query = FeedQuery.of(parameters);
    if (isOnlyChosen && chosen.isEmpty()) {
      throw MessagesPage.nothingChosen();
    }
    if (chosen.isEmpty()) {
      requireAdministrator();
      MessageFilter filter = FeedPage.filter(query);
      Feed bounded = limits.admit(feed, filter);
      return confirm(bounded.previews().after(filter, FeedOrder.NEWEST, null, SAMPLE_SIZE), bounded.count(filter), query, List.of());
    }
    List<MessageItem> found = feed.previews().find(chosen).stream().sorted(Comparator.comparing(MessageItem::sentAt).reversed()).toList();
    return confirm(found.subList(0, Math.min(SAMPLE_SIZE, found.size())), new Feed.Count(found.size(), true), query,
        found.stream().map(MessageItem::id).toList());
  }

  private static View confirm(List<MessageItem> sample, Feed.Count count, FeedQuery query, List<UUID> ids) {
    if (sample.isEmpty()) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.deletable"));
    }
    return View.page("message/delete", Map.of("rows", sample, "count", count,
        "ids", ids, "filter", query.withInstants().here(""), "back", query.here("/messages"), "days", Deletion.DAYS_KEPT));
  }

  @POST
  public Response delete(@FormParam("id") List<UUID> chosen, @FormParam("filter") @Nullable String filter) {
    UUID id = chosen.isEmpty() ? startOfWholeList(filter) : deletions.start(chosen, identity.name());
    return process(id);
  }

  private UUID startOfWholeList(@Nullable String filter) {
    requireAdministrator();
    if (filter == null) {
      throw Problem.badRequest(LocalizedMessage.of("problem.deletion.which"));
    }
    FeedQuery query = FeedQuery.parse(filter);
    FeedPage.filter(query); // rejects an invalid filter before anything is deleted
    return deletions.start(query, identity.name());
  }

  private void requireAdministrator() {
    if (!identity.may(Role.ADMIN)) {
      throw Problem.forbidden(LocalizedMessage.of("problem.deletion.whole"));
    }
  }

  @POST
  @Path("{id}/undo")
  public Response undo(@PathParam("id") UUID id) {
    if (deletions.find(id).isOfWholeList()) {
      requireAdministrator();
    }
    deletions.undo(id);
    return process(id);
  }

  /**
   * Processes batches for a few seconds, so that small deletions are finished before the response; the job does the
   * rest.
   */
  private Response process(UUID id) {
    long until = System.nanoTime() + MAX_WAIT_NS;
    while (!deletions.processBatch(id) && System.nanoTime() < until) {
      continue;
    }
    return Response.seeOther(URI.create("/messages/deleted")).build();
  }
}
