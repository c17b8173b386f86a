package tasktracker.message;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;

/**
 * A text cut into pieces that a template can print one by one, each as text: what was bold or code in the chat, and
 * links, as far as they are harmless to follow. Nothing of it is ever markup.
 */
public final class RichText {

  private static final Pattern BARE_LINK = Pattern.compile("\\bhttps?://[^\\s<>\"'`\\p{Cntrl}]*[^\\s<>\"'`\\p{Cntrl}.,;:!?)\\]}»”’]");
  private static final Set<String> SCHEMES = Set.of("http", "https", "tg");
  private static final Set<String> STYLES =
      Set.of("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "mention", "hashtag");

  private RichText() {}

  /**
   * A piece of text.
   *
   * @param style names of its styles, as classes; empty for none
   * @param href where it leads, or null
   */
  public record Span(String text, String style, @Nullable String href) {}

  /** The pieces of a text, in its order; together they are the text. */
  public static List<Span> spans(String text, List<TextEntity> entities) {
    List<TextEntity> marks = new ArrayList<>(entities.stream().filter(e -> isWithin(e, text)).toList());
    BARE_LINK.matcher(text).results().filter(link -> entities.stream().noneMatch(e -> overlaps(e, link)))
        .forEach(link -> marks.add(new TextEntity("url", link.start(), link.end() - link.start(), null)));
    TreeSet<Integer> cuts = new TreeSet<>(Set.of(0, text.length()));
    marks.forEach(m -> cuts.addAll(List.of(m.offset(), m.offset() + m.length())));
    List<Span> spans = new ArrayList<>();
    for (Integer from = 0; from < text.length(); from = cuts.higher(from)) {
      spans.add(span(text, from, cuts.higher(from), marks));
    }
    return spans;
  }

  private static boolean isWithin(TextEntity entity, String text) {
    return entity.offset() >= 0 && entity.length() > 0 && entity.offset() <= text.length() - entity.length();
  }

  private static boolean overlaps(TextEntity entity, MatchResult link) {
    return Set.of("url", "text_link", "code", "pre").contains(entity.type())
        && entity.offset() < link.end() && link.start() < entity.offset() + entity.length();
  }

  private static Span span(String text, int from, int to, List<TextEntity> marks) {
    List<TextEntity> here = marks.stream().filter(m -> m.offset() <= from && to <= m.offset() + m.length()).toList();
    String style = here.stream().map(TextEntity::type).filter(STYLES::contains).distinct().collect(Collectors.joining(" "));
    String href = here.stream().filter(m -> m.type().equals("url") || m.type().equals("text_link"))
        .map(m -> m.value() != null ? m.value() : text.substring(m.offset(), m.offset() + m.length()))
        .map(RichText::harmless).filter(link -> link != null).findFirst().orElse(null);
    return new Span(text.substring(from, to), style, href);
  }

  /** The link when it leads to a page or into Telegram; null for anything else, {@code javascript:} above all. */
  static @Nullable String harmless(String link) {
    String whole = link.matches("(?i)^[a-z0-9-]+(\\.[a-z0-9-]+)+([/?#].*)?$") ? "https://" + link : link;
    try {
      URI uri = new URI(whole.strip().replace(" ", "%20"));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return SCHEMES.contains(scheme) && uri.getAuthority() != null ? uri.toASCIIString() : null;
    } catch (URISyntaxException e) {
      return null; // shown as text, followed by nobody
    }
  }
}
