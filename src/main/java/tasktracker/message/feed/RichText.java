package tasktracker.message.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.platform.web.Deadline;

/**
 * Splits a text into formatted pieces that a template prints as text, so that nothing in it can become markup. Links
 * are included when they are safe. <p>The cost is linear in the text and n log n in its entities. Entities and links
 * above a thousand each are shown as plain text.
 */
public final class RichText {

  /** Entities of one message that are shown. */
  static final int MAX_ENTITIES = 1000;
  private static final int MAX_LINKS = 1000;
  /** Browsers and servers commonly accept this length; a longer URL is shown as text. */
  private static final int MAX_LINK_LENGTH = 2048;
  // A \b would search for the letter before combining marks again at each of them.
  static final Pattern BARE_LINK = Pattern.compile("(?<!\\w)https?://[^\\s<>\"'`\\p{Cntrl}]*[^\\s<>\"'`\\p{Cntrl}.,;:!?)\\]}»”’]");
  /** Possessive, because a group that can backtrack is matched recursively and overflows the stack. */
  static final Pattern BARE_HOST = Pattern.compile("[a-z0-9-]++(?:\\.[a-z0-9-]++)++(?:[/?#].*)?", Pattern.CASE_INSENSITIVE);
  private static final Set<String> SCHEMES = Set.of("http", "https", "tg");
  private static final List<String> STYLES = List.of("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
      "mention", "hashtag");
  private static final Set<String> LINKS = Set.of("url", "text_link");
  /** Entities inside which bare links are not searched for. */
  private static final Set<String> OPAQUE = Set.of("url", "text_link", "code", "pre");

  private RichText() {}

  /**
   * A piece of text with one style.
   *
   * @param style CSS classes of its styles; empty for none
   * @param href target of its link, or null
   */
  public record Span(String text, String style, @Nullable String href) {}

  /** A formatted range; style is an index into {@link #STYLES}, or -1. */
  private record Mark(int start, int end, int style, @Nullable String href) {}

  /** The pieces of a text in order; concatenated they are the text. */
  public static List<Span> spans(String text, List<TextEntity> entities) {
    return spans(text, text.length(), entities, Deadline.ofRendering());
  }

  /**
   * The pieces of the beginning of a text in order; concatenated they are that beginning.
   *
   * @param shown length of the beginning in UTF-16 units
   * @throws tasktracker.platform.web.problem.Problem 503 when the deadline is missed
   */
  static List<Span> spans(String text, int shown, List<TextEntity> entities, Deadline deadline) {
    List<TextEntity> entitiesInRange = entities.stream().limit(MAX_ENTITIES).filter(e -> isWithin(e, text)).toList();
    List<Mark> marks = new ArrayList<>(entitiesInRange.stream().map(e -> mark(text, e)).toList());
    marks.addAll(bareLinks(text, shown, entitiesInRange, deadline));
    return new Sweep(text, shown, marks, deadline).spans();
  }

  private static boolean isWithin(TextEntity entity, String text) {
    return entity.offset() >= 0 && entity.length() > 0 && entity.offset() <= text.length() - entity.length();
  }

  private static Mark mark(String text, TextEntity e) {
    int end = e.offset() + e.length();
    return new Mark(e.offset(), end, STYLES.indexOf(e.type()), LINKS.contains(e.type()) ? link(text, e) : null);
  }

  private static @Nullable String link(String text, TextEntity e) {
    String value = e.value();
    return value != null
        ? safeLink(value)
        : e.length() > MAX_LINK_LENGTH
            ? null
            : safeLink(text.substring(e.offset(), e.offset() + e.length()));
  }

  /** Links in the text that no entity marks. A link that continues behind the shown part is ignored. */
  private static List<Mark> bareLinks(String text, int shown, List<TextEntity> entities, Deadline deadline) {
    List<TextEntity> opaque = entities.stream().filter(e -> OPAQUE.contains(e.type()))
        .sorted(Comparator.comparingInt(TextEntity::offset)).toList();
    List<Mark> links = new ArrayList<>();
    Matcher found = BARE_LINK.matcher(deadline.guard(text)).region(0, shown);
    int next = 0;
    int covered = 0;
    while (links.size() < MAX_LINKS && found.find()) {
      for (; next < opaque.size() && opaque.get(next).offset() < found.end(); next++) {
        covered = Math.max(covered, opaque.get(next).offset() + opaque.get(next).length());
      }
      if (covered <= found.start() && (found.end() < shown || shown == text.length())) {
        links.add(bareLink(text, found.start(), found.end()));
      }
    }
    return links;
  }

  private static Mark bareLink(String text, int start, int end) {
    return new Mark(start, end, -1, end - start > MAX_LINK_LENGTH ? null : safeLink(text.substring(start, end)));
  }

  /** Sweeps over the text once and keeps track of the ranges that cover the current position. */
  private static final class Sweep {
    private final String text;
    private final int shown;
    private final List<Mark> marks;
    private final Deadline deadline;
    private final int[] styles = new int[STYLES.size()];
    /** Ranges with a link that cover the current position; the first of them applies. */
    private final TreeSet<Integer> links = new TreeSet<>();

    Sweep(String text, int shown, List<Mark> marks, Deadline deadline) {
      this.text = text;
      this.shown = shown;
      this.marks = marks;
      this.deadline = deadline;
    }

    List<Span> spans() {
      int[] begin = indexes(Comparator.comparingInt(i -> marks.get(i).start));
      int[] end = indexes(Comparator.comparingInt(i -> marks.get(i).end));
      List<Span> spans = new ArrayList<>();
      int begun = 0;
      int ended = 0;
      for (int at = 0, to; at < shown; at = to) {
        deadline.check();
        for (; begun < begin.length && marks.get(begin[begun]).start <= at; begun++) {
          change(begin[begun], 1);
        }
        for (; ended < end.length && marks.get(end[ended]).end <= at; ended++) {
          change(end[ended], -1);
        }
        to = Math.min(begun < begin.length ? marks.get(begin[begun]).start : shown, ended < end.length ? marks.get(end[ended]).end : shown);
        to = Math.min(to, shown);
        spans.add(new Span(text.substring(at, to), style(), links.isEmpty() ? null : marks.get(links.first()).href));
      }
      return spans;
    }

    private int[] indexes(Comparator<Integer> order) {
      return IntStream.range(0, marks.size()).boxed().sorted(order).mapToInt(i -> i).toArray();
    }

    private void change(int mark, int by) {
      if (marks.get(mark).style >= 0) {
        styles[marks.get(mark).style] += by;
      }
      if (by < 0) {
        links.remove(mark);
      } else if (marks.get(mark).href != null) {
        links.add(mark);
      }
    }

    private String style() {
      return IntStream.range(0, styles.length).filter(i -> styles[i] > 0).mapToObj(STYLES::get).collect(Collectors.joining(" "));
    }
  }

  /** The link when it is a web page or a Telegram link; null for anything else, such as {@code javascript:}. */
  static @Nullable String safeLink(String link) {
    if (link.length() > MAX_LINK_LENGTH) {
      return null;
    }
    String whole = BARE_HOST.matcher(link).matches() ? "https://" + link : link;
    try {
      URI uri = new URI(whole.strip().replace(" ", "%20"));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return SCHEMES.contains(scheme) && uri.getAuthority() != null ? uri.toASCIIString() : null;
    } catch (URISyntaxException e) {
      return null; // not a valid link: shown as text
    }
  }
}
