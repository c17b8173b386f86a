package tasktracker.message;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.security.Audit;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Query;
import tasktracker.platform.web.QueryParameters;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.View;

/** The feed of all messages, with one of them open beside it when its address says so. */
@Path("/messages")
@QueryParameters(of = FeedQuery.class)
@Produces(MediaType.TEXT_HTML)
public class MessagesPage {

  private static final int EXPORT_BATCH = 1000;
  @Inject private Feed feed;
  @Inject private RenderedRowCache rows;
  @Inject private FeedLimits limits;
  @Inject private MessageReader reader;
  @Inject private Sources sources;
  @Inject private FailedItems failedItems;
  @Inject private Audit audit;
  @BeanParam private Query parameters;

  /** The list; only the list again when htmx filters, sorts or pages it. */
  @GET
  public View list(@HeaderParam("HX-Target") @Nullable String target) {
    return "feed".equals(target) ? View.fragment("message/_feed", "feed", Map.of("feed", page(bounded()), "rows", rows)) : whole(Optional.empty());
  }

  /** One message; only the reader when htmx opens it beside the list. */
  @GET
  @Path("/{id: [0-9a-fA-F-]{36}}") // or a browser's wish for HTML would take "export" for an id
  public View show(@PathParam("id") UUID id, @HeaderParam("HX-Target") @Nullable String target) {
    MessageReader.Open open = reader.open(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.message")));
    return "reader".equals(target)
        ? View.fragment("message/_reader", "reader", Map.of("open", open, "list", query(), "beside",
            AdjacentMessages.of(bounded(), query(), open.message()), "failures", failedItems.ofMessage(id)))
        : whole(Optional.of(open));
  }

  /** The whole text of a message as it was written, however long: what the page shows of it is bounded. */
  @GET
  @Path("/{id: [0-9a-fA-F-]{36}}/text")
  @Produces("text/plain")
  public Response text(@PathParam("id") UUID id) {
    MessageItem message = feed.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.message")));
    return Response.ok(message.content(), MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8")).build();
  }

  /** What could not be done with a message, as it is now. */
  @GET
  @Path("/{id: [0-9a-fA-F-]{36}}/failures")
  public View failures(@PathParam("id") UUID id) {
    return View.fragment("jobs/_failed", "message", Map.of("message", id, "failures", failedItems.ofMessage(id)));
  }

  /** The tabs with their counts. */
  @GET
  @Path("/tabs")
  public View tabs() {
    return View.fragment("message/_feed", "tabs", Map.of("feed", page(bounded()), "rows", rows));
  }

  /** Rows that are on the screen, as they are now. */
  @GET
  @Path("/rows")
  public View rows(@QueryParam("shown") List<UUID> shown) {
    List<UUID> ids = shown.subList(0, Math.min(shown.size(), 100));
    List<MessageView> messages = feed.previews().find(ids).stream().map(MessageView::new).toList();
    return View.fragment("message/_row", "replacements", Map.of("messages", messages, "rows", rows));
  }

  /** The chosen messages, or all that the filters let through, as a file. */
  @GET
  @Path("/export")
  @RateLimited(RateLimits.Limit.SEARCH)
  @Produces("text/csv")
  public Response export(@QueryParam("id") List<UUID> chosen, @QueryParam("chosen") boolean isOnlyChosen) {
    if (isOnlyChosen && chosen.isEmpty()) {
      throw nothingChosen();
    }
    MessageFilter filter = FeedPage.filter(query());
    // The first of them now: a search that takes too long is answered as such, and not by half a file.
    List<MessageItem> first = chosen.isEmpty() ? batch(filter, null) : List.of();
    noteExport(chosen, filter);
    StreamingOutput csv = stream -> {
      Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
      MessageCsv.head(out);
      if (chosen.isEmpty()) {
        writeAll(out, filter, first);
      } else {
        feed.find(chosen).stream().sorted(Comparator.comparing(MessageItem::sentAt).reversed()).forEach(message -> write(out, message));
      }
      out.flush();
    };
    return Response.ok(csv, "text/csv; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"messages.csv\"").build();
  }

  /** What was searched for stays out of the log, as texts of messages do. */
  private void noteExport(List<UUID> chosen, MessageFilter filter) {
    audit.record("messages.exported", "message", null, chosen.isEmpty()
        ? Map.of("format", "csv", "filtered", !filter.equals(MessageFilter.ANY)) : Map.of("format", "csv", "chosen", chosen.size()));
  }

  /** Who has no scripts can press a button before choosing; that must not mean all there are. */
  static Problem nothingChosen() {
    return Problem.unprocessable(LocalizedMessage.of("problem.chosen"));
  }

  private void writeAll(Writer out, MessageFilter filter, List<MessageItem> first) {
    List<MessageItem> batch = first;
    while (!batch.isEmpty()) {
      batch.forEach(message -> write(out, message));
      batch = batch.size() < EXPORT_BATCH ? List.of() : batch(filter, Cursor.at(batch.getLast()));
    }
  }

  private List<MessageItem> batch(MessageFilter filter, @Nullable Cursor after) {
    return limits.timed(feed).after(filter, FeedOrder.NEWEST, after, EXPORT_BATCH);
  }

  /** A list holds only so much text; what it has only the beginning of is read by itself. */
  private void write(Writer out, MessageItem message) {
    (message.contentTruncated() ? feed.find(message.id()) : Optional.of(message)).ifPresent(whole -> MessageCsv.row(out, whole));
  }

  private View whole(Optional<MessageReader.Open> open) {
    Feed bounded = bounded();
    Map<String, Object> model = new HashMap<>(Map.of("feed", page(bounded), "rows", rows,
        "chats", sources.busiest(), "sources", sources.choices()));
    open.ifPresent(o -> model.putAll(Map.of("open", o, "list", query(), "beside", AdjacentMessages.of(bounded, query(), o.message()),
        "failures", failedItems.ofMessage(o.message().id()))));
    return View.page("message/list", model);
  }

  private Feed bounded() {
    return limits.admit(feed, FeedPage.filter(query()));
  }

  private FeedPage page(Feed bounded) {
    return FeedPage.of(bounded, query());
  }

  private FeedQuery query() {
    return FeedQuery.of(parameters);
  }
}
