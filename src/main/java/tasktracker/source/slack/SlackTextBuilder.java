package tasktracker.source.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.person.Speaker;
import tasktracker.source.format.JsonRepairInputStream;

/**
 * Builds a text from Slack's markup and block elements, and replaces ids by the names of people and channels. The
 * length is limited.
 */
final class SlackTextBuilder {

  private static final int MAX_MARKUP_DEPTH = 5;

  private final SlackDirectory directory;
  private final StringBuilder text = new StringBuilder();
  private final List<TextEntity> entities = new ArrayList<>();

  SlackTextBuilder(SlackDirectory directory) {
    this.directory = directory;
  }

  /** The current length of the text. */
  int length() {
    return text.length();
  }

  /** The text without trailing white space. */
  SlackText build() {
    String whole = text.toString().stripTrailing();
    return new SlackText(whole, entities.stream().filter(e -> e.offset() + e.length() <= whole.length()).toList());
  }

  /** Starts a new line, unless the current one is empty. */
  SlackTextBuilder line() {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    return this;
  }

  /** Appends a text with its formatting. */
  void add(SlackText other) {
    int start = text.length();
    append(other.text());
    other.entities().forEach(e -> entities.add(new TextEntity(e.type(), start + e.offset(), e.length(), e.value())));
  }

  /** Appends plain text. */
  void append(String words) {
    text.append(words, 0, Math.min(words.length(), Math.max(0, JsonRepairInputStream.MAX_TEXT_READ - text.length())));
  }

  /** Appends a text with that entity type; null for none. */
  void span(String words, @Nullable String type, @Nullable String value) {
    int start = text.length();
    append(words);
    mark(start, type, value);
  }

  /** Applies an entity type to the text since that position. */
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

  /** Appends a text with Slack's markup. */
  void markup(String raw) {
    markup(raw.length() > JsonRepairInputStream.MAX_TEXT_READ ? raw.substring(0, JsonRepairInputStream.MAX_TEXT_READ) : raw, 0);
  }

  private void markup(String raw, int depth) {
    Matcher markup = SlackText.MARKUP.matcher(raw);
    int at = 0;
    while (depth < MAX_MARKUP_DEPTH && markup.find()) {
      append(unescape(raw.substring(at, markup.start())));
      appendMarked(markup, depth);
      at = markup.end();
    }
    append(unescape(raw.substring(at)));
  }

  private void appendMarked(Matcher markup, int depth) {
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
      append(unescape(markup.group(group)));
    } else {
      markup(markup.group(group), depth + 1);
    }
    mark(start, SlackText.STYLES.get(group), null);
  }

  /** A reference in angle brackets: a person, a channel, a group mention, or a link. */
  private void reference(String reference) {
    int bar = reference.indexOf('|');
    String target = bar < 0 ? reference : reference.substring(0, bar);
    String label = bar < 0 ? null : unescape(reference.substring(bar + 1));
    switch (target.isEmpty() ? ' ' : target.charAt(0)) {
      case '@' -> user(target.substring(1), label);
      case '#' -> channel(target.substring(1), label == null || label.isBlank() ? null : label);
      case '!' -> span(call(target.substring(1), label), "mention", null);
      default -> link(unescape(target), label);
    }
  }

  /** {@code here}, {@code channel}, {@code subteam^S1}, {@code date^…}: the label is shown, if there is one. */
  private static String call(String target, @Nullable String label) {
    return label != null ? label : "@" + target.replaceFirst("\\^.*", "");
  }

  private static String unescape(String escaped) {
    return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
