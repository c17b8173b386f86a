package tasktracker.message.feed;

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
import tasktracker.message.Sources;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ValueFormats;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;

/** The page with the list of messages and, when the URL contains an id, the open message. */
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

  /** The list page; only the list fragment when htmx filters, sorts or pages it. */
  @GET
  public View list(@HeaderParam("HX-Target") @Nullable String target) {
    return "feed".equals(target)
        ? View.fragment("message/_feed", "feed", Map.of("feed", page(bounded()), "rows", rows))
        : whole(Optional.empty());
  }

  /** One message; only its fragment when htmx opens it beside the list. */
  @GET
  @Path("/{id: [0-9a-fA-F-]{36}}") // otherwise a browser's Accept header would make "export" match as an id
  public View show(@PathParam("id") UUID id, @HeaderParam("HX-Target") @Nullable String target) {
    MessageReader.OpenMessage open = reader.open(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.message")));
    return "reader".equals(target)
        ? View.fragment("message/_reader", "reader", Map.of("open", open, "list", query(), "beside",
            AdjacentMessages.of(bounded(), query(), open.message()), "failures", failedItems.ofMessage(id)))
        : whole(Optional.of(open));
  }

  /** The whole text of a message; its page shows only a bounded part. */
  @GET
  @Path("/{id: [0-9a-fA-F-]{36}}/text")
  @Produces("text/plain")
  public Response text(@PathParam("id") UUID id) {
    MessageItem message = feed.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.message")));
    return Response.ok(message.content(), MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8")).build();
  }

  /** The failed items of a message. */
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

  /** The current HTML of rows that are on the screen. */
  @GET
  @Path("/rows")
  public View rows(@QueryParam("shown") List<UUID> shown) {
    List<UUID> ids = shown.subList(0, Math.min(shown.size(), 100));
    List<MessageItem> messages = feed.previews().find(ids);
    return View.fragment("message/_row", "replacements", Map.of("messages", messages, "rows", rows));
  }

  /** Exports the selected messages, or all that match the filters, as CSV. */
  @GET
  @Path("/export")
  @RateLimited(RateLimits.Limit.SEARCH)
  @Produces("text/csv")
  public Response export(@QueryParam("id") List<UUID> chosen, @QueryParam("chosen") boolean isOnlyChosen) {
    if (isOnlyChosen && chosen.isEmpty()) {
      throw nothingChosen();
    }
    MessageFilter filter = FeedPage.filter(query());
    // The first batch is read before the response starts, so that a timeout returns an error and not half a file.
    List<MessageItem> first = chosen.isEmpty() ? batch(filter, null) : List.of();
    recordExport(chosen, filter);
    var formats = new ValueFormats(parameters.timeZone());
    StreamingOutput csv = stream -> {
      Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
      MessageCsv.writeHeader(out);
      if (chosen.isEmpty()) {
        writeAll(out, formats, filter, first);
      } else {
        feed.find(chosen).stream().sorted(Comparator.comparing(MessageItem::sentAt).reversed())
            .forEach(message -> write(out, formats, message));
      }
      out.flush();
    };
    return Response.ok(csv, "text/csv; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"messages.csv\"").build();
  }

  /** The audit log contains no search text, because it can quote messages. */
  private void recordExport(List<UUID> chosen, MessageFilter filter) {
    audit.record("messages.exported", "message", null, chosen.isEmpty()
        ? Map.of("format", "csv", "filtered", !filter.equals(MessageFilter.ANY))
        : Map.of("format", "csv", "chosen", chosen.size()));
  }

  /** Without scripts, the button can be pressed before any message is selected; that must not mean all messages. */
  public static Problem nothingChosen() {
    return Problem.unprocessable(LocalizedMessage.of("problem.chosen"));
  }

  private void writeAll(Writer out, ValueFormats formats, MessageFilter filter, List<MessageItem> first) {
    List<MessageItem> batch = first;
    while (!batch.isEmpty()) {
      batch.forEach(message -> write(out, formats, message));
      batch = batch.size() < EXPORT_BATCH ? List.of() : batch(filter, Cursor.at(batch.getLast()));
    }
  }

  private List<MessageItem> batch(MessageFilter filter, @Nullable Cursor after) {
    return limits.withTimeout(feed).after(filter, FeedOrder.NEWEST, after, EXPORT_BATCH);
  }

  /** Reads a message whose text was truncated in the list again, with its whole text. */
  private void write(Writer out, ValueFormats formats, MessageItem message) {
    (message.contentTruncated() ? feed.find(message.id()) : Optional.of(message))
        .ifPresent(whole -> MessageCsv.writeRow(out, formats, whole));
  }

  private View whole(Optional<MessageReader.OpenMessage> open) {
    Feed bounded = bounded();
    Map<String, Object> model = new HashMap<>(Map.of("feed", page(bounded), "rows", rows,
        "chats", sources.listBusiestChats(), "sources", sources.listForFilter()));
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
