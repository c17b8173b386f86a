package tasktracker.message.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.ValueFormats;
import tasktracker.platform.web.template.Templates;

/**
 * Cache of the HTML of message list rows. A row is rendered once for each language and reused until its data changes;
 * without the cache, rendering took 80 percent of the time of a page with 25 rows. Thread-safe.
 */
@ApplicationScoped
public class RenderedRowCache {

  /** Maximum characters of HTML in the cache; a row has about a thousand. */
  private static final int MAX_CHARACTERS = 8 << 20;

  private static final ValueFormats UTC = new ValueFormats(TimeZones.UTC);

  private record Key(MessageListRow row, String language) {}

  /**
   * A row in three parts, which are the same for all viewers. Between them belong the query string of the list from which
   * the message is opened, and the time it was sent, in the zone of the viewer.
   */
  private record Html(String beforeQuery, String beforeTime, String afterTime) {

    int length() {
      return beforeQuery.length() + beforeTime.length() + afterTime.length();
    }

    String in(String query, String time) {
      return beforeQuery + query + beforeTime + time + afterTime;
    }
  }

  private final Cache<Key, Html> rendered = Caffeine.newBuilder().maximumWeight(MAX_CHARACTERS)
      .weigher((Key key, Html html) -> html.length()).build();
  private final Templates templates;

  @Inject
  public RenderedRowCache(Templates templates) {
    this.templates = templates;
  }

  /**
   * Renders the rows of a list.
   *
   * @param query with its question mark, URL-encoded; empty for the list without filters
   * @param formats of the viewer, for the times that are read without scripts
   */
  public String list(List<MessageItem> rows, Locale locale, String query, ValueFormats formats) {
    String escaped = query.replace("&", "&amp;");
    return rows.stream().map(row -> html(row, locale).in(escaped, formats.minute(row.sentAt()))).collect(Collectors.joining());
  }

  /** Renders rows that replace those with the same ids on an open page, whose script formats their times. */
  public String replacements(List<MessageItem> rows, Locale locale) {
    return rows.stream().map(row -> replacement(html(row, locale), UTC.minute(row.sentAt()))).collect(Collectors.joining());
  }

  /** The HTML parser drops a tr outside of a table unless it is inside a template. */
  private static String replacement(Html html, String time) {
    return "<template><tr hx-swap-oob=\"true\"" + html.in("", time).substring("<tr".length()) + "</template>";
  }

  private Html html(MessageItem message, Locale locale) {
    return rendered.get(new Key(message.listRow(), locale.getLanguage()), key -> render(key.row, locale));
  }

  /** HTML lets the end tags of cells and rows be left out; they were a twentieth of a row. */
  private Html render(MessageListRow row, Locale locale) {
    String html = templates.render("message/_row", "row", locale, Map.of("row", row)).replaceAll(">\\s+<", "><").strip()
        .replace("</td>", "").replace("</tr>", "");
    // Texts of messages are escaped, so the first match is the row's own link.
    String address = "href=\"/messages/" + row.id();
    int end = html.indexOf(address) + address.length();
    int afterTime = html.lastIndexOf("</time>");
    int time = html.lastIndexOf('>', afterTime) + 1;
    return new Html(html.substring(0, end), html.substring(end, time), html.substring(afterTime));
  }
}
