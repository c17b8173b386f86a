package tasktracker.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Templates;

/**
 * The rows of message lists as HTML. A row is rendered once for each language and reused until anything that it shows
 * changes: of a page of 25 rows, rendering them was four fifths of the time. Safe for use by many threads.
 */
@ApplicationScoped
public class RenderedRowCache {

  /** Characters of HTML that are kept; a row has about a thousand. */
  private static final int MAX_CHARACTERS = 8 << 20;

  private record Key(MessageListRow row, String language) {}

  /** A row in two halves: what comes between them is the query of the list from which the message is opened. */
  private record Html(String beforeQuery, String afterQuery) {

    int length() {
      return beforeQuery.length() + afterQuery.length();
    }
  }

  private final Cache<Key, Html> rendered = Caffeine.newBuilder().maximumWeight(MAX_CHARACTERS)
      .weigher((Key key, Html html) -> html.length()).build();
  private @Nullable Templates templates;

  protected RenderedRowCache() {}

  @Inject
  public RenderedRowCache(Templates templates) {
    this.templates = templates;
  }

  /**
   * The rows of a list.
   *
   * @param query with its question mark, encoded for an address; empty for the list without filters
   */
  public String list(List<MessageView> rows, Locale locale, String query) {
    String escaped = query.replace("&", "&amp;");
    return rows.stream().map(row -> html(row, locale)).map(html -> html.beforeQuery + escaped + html.afterQuery)
        .collect(Collectors.joining());
  }

  /** Rows that take the place of those with the same ids on an open page. */
  public String replacements(List<MessageView> rows, Locale locale) {
    return rows.stream().map(row -> replacement(html(row, locale))).collect(Collectors.joining());
  }

  /** Rows outside of a table lose their tr unless they travel in a template. */
  private static String replacement(Html html) {
    return "<template><tr hx-swap-oob=\"true\"" + html.beforeQuery.substring("<tr".length()) + html.afterQuery + "</template>";
  }

  private Html html(MessageView message, Locale locale) {
    return rendered.get(new Key(message.row(), locale.getLanguage()), key -> render(key.row, locale));
  }

  private Html render(MessageListRow row, Locale locale) {
    String html = templates.render("message/_row", "row", locale, Map.of("row", row)).replaceAll(">\\s+<", "><").strip();
    // Texts of the chat are escaped, so the first address is the row's own.
    String address = "href=\"/messages/" + row.id();
    int end = html.indexOf(address) + address.length();
    return new Html(html.substring(0, end), html.substring(end));
  }
}
