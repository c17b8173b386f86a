package tasktracker.message.feed;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.ApiMessageReceiver;
import tasktracker.message.ChatBulkhead;
import tasktracker.message.NewMessage;
import tasktracker.message.ReceiveResult;
import tasktracker.message.deletion.Deletions;
import tasktracker.platform.security.Identity;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** REST resource of messages. */
@RequestScoped
@Path("/api/v1/messages")
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {

  /**
   * A page of messages. {@code total} does not exceed {@link Feed#COUNT_LIMIT} when filters require a scan; {@code
   * total_is_exact} is false then. {@code next} is the cursor of the next page, whose cost does not grow with its
   * position.
   */
  public record MessagePage(List<MessageItem> items, long total, boolean totalIsExact, int page, int pageSize,
      long totalPages, @Nullable String next) {}

  /** The result of storing a message. */
  public record Answer(String status, UUID id, boolean created) {}

  private final Feed feed;
  private final FeedLimits limits;
  private final ApiMessageReceiver receiver;
  private final ChatBulkhead bulkhead;
  private final Deletions deletions;
  private final Identity identity;

  @Inject
  public MessagesResource(Feed feed, FeedLimits limits, ApiMessageReceiver receiver, ChatBulkhead bulkhead, Deletions deletions,
      Identity identity) {
    this.feed = feed;
    this.limits = limits;
    this.receiver = receiver;
    this.bulkhead = bulkhead;
    this.deletions = deletions;
    this.identity = identity;
  }

  @GET
  @QueryParameters(value = {"page", "page_size", "cursor", "sort_order"}, of = MessageFilter.class)
  public MessagePage list(@BeanParam Query query) {
    MessageFilter filter = MessageFilter.of(query);
    int page = query.number("page", 1, 1, 1_000_000);
    int size = query.number("page_size", 50, 1, 1000);
    Cursor cursor = cursor(query);
    boolean newestFirst = query.one("sort_order", Set.of("asc", "desc"), "desc").equals("desc");
    Feed bounded = limits.admit(feed, filter);
    List<MessageItem> items = cursor == null
        ? bounded.page(filter, newestFirst, size, (page - 1L) * size)
        : bounded.after(filter, FeedOrder.NEWEST, cursor, size);
    Feed.Count count = bounded.count(filter);
    return new MessagePage(items, count.number(), count.exact(), page, size, (count.number() + size - 1) / size,
        items.size() < size ? null : next(items.getLast()));
  }

  private static @Nullable Cursor cursor(Query query) {
    String written = query.text("cursor", 100);
    try {
      return written == null ? null : Cursor.of(written);
    } catch (RuntimeException e) {
      throw Problem.badRequest("The parameter cursor must be the value of next from a previous page.");
    }
  }

  private static String next(MessageItem last) {
    return new Cursor(last.sentAt(), last.id(), null).toString();
  }

  @GET
  @Path("{id}")
  public MessageItem one(@PathParam("id") UUID id) {
    return feed.find(id).orElseThrow(() -> Problem.notFound("message with this id"));
  }

  /** Deletes a message permanently; {@code /messages/deleted} can undo it for 30 days. */
  @DELETE
  @Path("{id}")
  @ResponseType(status = 204)
  public Response delete(@PathParam("id") UUID id) {
    one(id);
    UUID deletion = deletions.start(List.of(id), identity.name());
    deletions.processBatch(deletion);
    deletions.processBatch(deletion); // finds no more messages and marks the deletion as finished
    return Response.noContent().build();
  }

  @GET
  @Path("filters")
  public Map<String, Object> filters() {
    return feed.filterOptions();
  }

  /**
   * Stores a message; messages of one chat wait when many arrive at once. Idempotent for the same source, chat and id.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseType(status = 201, value = Answer.class)
  public Response add(@Nullable NewMessage asked) {
    NewMessage message = NewMessage.checked(asked);
    ReceiveResult receipt = bulkhead.get(chatOf(message), () -> receiver.receive(message));
    boolean created = receipt.outcome() == ReceiveResult.Outcome.STORED;
    return Response.status(created ? 201 : 200).location(URI.create("/api/v1/messages/" + receipt.messageId()))
        .entity(new Answer(created ? "message received" : receipt.outcome().name().toLowerCase(java.util.Locale.ROOT),
            receipt.messageId(), created))
        .build();
  }

  /** Identifies a chat. */
  private record ChatKey(@Nullable UUID sourceId, @Nullable String sourceName, String chat) {}

  private static ChatKey chatOf(NewMessage message) {
    return new ChatKey(message.sourceId(), message.sourceName(), message.incoming().chat().externalId());
  }
}
