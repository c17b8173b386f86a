package tasktracker.source.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.person.Speaker;
import tasktracker.source.JsonRepairInputStream;

/**
 * Puts a text together out of Slack's markup and of the elements of its blocks, with the names of people and channels
 * in the place of their ids. Stops growing where no message is that long any more.
 */
final class SlackTextBuilder {

  private static final int DEEPEST_MARKUP = 5;

  private final SlackDirectory directory;
  private final StringBuilder text = new StringBuilder();
  private final List<TextEntity> entities = new ArrayList<>();

  SlackTextBuilder(SlackDirectory directory) {
    this.directory = directory;
  }

  /** How long the text is by now. */
  int length() {
    return text.length();
  }

  /** What was written, without white space at its end. */
  SlackText written() {
    String whole = text.toString().stripTrailing();
    return new SlackText(whole, entities.stream().filter(e -> e.offset() + e.length() <= whole.length()).toList());
  }

  /** Goes to a new line, unless one has just begun. */
  SlackTextBuilder line() {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    return this;
  }

  /** Adds a text that was written elsewhere. */
  void add(SlackText other) {
    int start = text.length();
    plain(other.text());
    other.entities().forEach(e -> entities.add(new TextEntity(e.type(), start + e.offset(), e.length(), e.value())));
  }

  /** Adds a text as it is. */
  void plain(String words) {
    text.append(words, 0, Math.min(words.length(), Math.max(0, JsonRepairInputStream.MOST_OF_A_TEXT - text.length())));
  }

  /** Adds a text of that type; null for none. */
  void span(String words, @Nullable String type, @Nullable String value) {
    int start = text.length();
    plain(words);
    mark(start, type, value);
  }

  /** Gives a type to what was written since. */
  void mark(int start, @Nullable String type, @Nullable String value) {
    if (type != null && text.length() > start) {
      entities.add(new TextEntity(type, start, text.length() - start, value));
    }
  }

  void user(String id, @Nullable String label) {
    Speaker known = directory.person(id);
    span("@" + (known != null ? known.firstName() : label == null ? id : label), "text_mention", id);
  }

  void channel(String id, @Nullable String label) {
    String title = label == null ? directory.title(id) : label;
    span("#" + (title == null ? id : title), "hashtag", id);
  }

  void link(String target, @Nullable String label) {
    boolean isMail = target.startsWith("mailto:");
    String address = isMail ? target.substring(7) : target;
    if (label == null || label.isBlank() || label.equals(address)) {
      span(address, isMail ? "email" : "url", null);
    } else {
      span(label, "text_link", target);
    }
  }

  /** Adds a text with Slack's markup in it. */
  void markup(String raw) {
    markup(raw.length() > JsonRepairInputStream.MOST_OF_A_TEXT ? raw.substring(0, JsonRepairInputStream.MOST_OF_A_TEXT) : raw, 0);
  }

  private void markup(String raw, int depth) {
    Matcher markup = SlackText.MARKUP.matcher(raw);
    int at = 0;
    while (depth < DEEPEST_MARKUP && markup.find()) {
      plain(unescaped(raw.substring(at, markup.start())));
      marked(markup, depth);
      at = markup.end();
    }
    plain(unescaped(raw.substring(at)));
  }

  private void marked(Matcher markup, int depth) {
    if (markup.group(1) != null) {
      reference(markup.group(1));
      return;
    }
    int group = 2;
    while (markup.group(group) == null) {
      group++;
    }
    int start = text.length();
    if (group <= 3) {
      plain(unescaped(markup.group(group)));
    } else {
      markup(markup.group(group), depth + 1);
    }
    mark(start, SlackText.STYLES.get(group), null);
  }

  /** What stands in angle brackets: a person, a channel, a call to all, or a link. */
  private void reference(String reference) {
    int bar = reference.indexOf('|');
    String target = bar < 0 ? reference : reference.substring(0, bar);
    String label = bar < 0 ? null : unescaped(reference.substring(bar + 1));
    switch (target.isEmpty() ? ' ' : target.charAt(0)) {
      case '@' -> user(target.substring(1), label);
      case '#' -> channel(target.substring(1), label == null || label.isBlank() ? null : label);
      case '!' -> span(call(target.substring(1), label), "mention", null);
      default -> link(unescaped(target), label);
    }
  }

  /** {@code here}, {@code channel}, {@code subteam^S1}, {@code date^…}: what is told to people is the label. */
  private static String call(String target, @Nullable String label) {
    return label != null ? label : "@" + target.replaceFirst("\\^.*", "");
  }

  private static String unescaped(String escaped) {
    return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
