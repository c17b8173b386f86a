package tasktracker.message.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;
import tasktracker.platform.web.template.Templates;

/**
 * Updates open message lists: a notice about new messages, a replaced row when one message changes, and a refresh when
 * many do.
 */
@ApplicationScoped
public class MessageFragments implements Fragment {

  private static final String COUNTS_CHANGED = RefreshTrigger.of("feed-tabs");
  private static final String ROWS_CHANGED = RefreshTrigger.of("rows-anew");
  private final Feed feed;
  private final Templates templates;
  private final RenderedRowCache rows;

  @Inject
  public MessageFragments(Feed feed, Templates templates, RenderedRowCache rows) {
    this.feed = feed;
    this.templates = templates;
    this.rows = rows;
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.MESSAGE_NEW, Event.MESSAGE_UPDATED, Event.MESSAGE_SCORED, Event.BATCH_SCORED,
        Event.MESSAGE_DELETED, Event.MESSAGE_RESTORED, Event.INGESTION_PROGRESS, Event.INGESTION_COMPLETED);
  }

  @Override
  public String key(LiveEvent event) {
    return switch (event.event()) {
      case MESSAGE_NEW, MESSAGE_DELETED -> String.valueOf(event.seq()) + event.ts();
      case MESSAGE_UPDATED, MESSAGE_SCORED -> id(event.data()).map(UUID::toString).orElse("");
      default -> event.event().name();
    };
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return switch (event.event()) {
      case MESSAGE_NEW -> templates.render("message/_feed", "pill", locale, Map.of("quiet", false)) + COUNTS_CHANGED;
      case MESSAGE_UPDATED, MESSAGE_SCORED -> id(event.data()).map(id -> row(id, locale)).orElse("") + COUNTS_CHANGED;
      case BATCH_SCORED -> ROWS_CHANGED + COUNTS_CHANGED;
      case MESSAGE_DELETED -> removals(event.data()) + COUNTS_CHANGED;
      default -> COUNTS_CHANGED;
    };
  }

  private static String removals(JsonObject data) {
    return data.getJsonArray("ids").getValuesAs(JsonString.class).stream()
        .map(id -> "<template><tr id=\"msg-" + id.getString() + "\" hx-swap-oob=\"delete\"></tr></template>")
        .collect(Collectors.joining());
  }

  private static Optional<UUID> id(JsonObject data) {
    String id = data.getString("message_id", data.getString("id", ""));
    return id.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(id));
  }

  private String row(UUID id, Locale locale) {
    return feed.previews().find(id).map(message -> rows.replacements(List.of(message), locale)).orElse("");
  }
}
