package tasktracker.source.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.person.Speaker;

/** A text of Slack without its markup, and what the markup said as spans under the Bot API's names. */
record SlackText(String text, List<TextEntity> entities) {

  static final Pattern MARKUP = Pattern.compile(
      "<([^<>\\n]{1,4000})>|```(.+?)```|`([^`\\n]+)`"
          + "|(?<![\\w*])\\*(?=\\S)([^*\\n]+?)(?<=\\S)\\*(?![\\w*])"
          + "|(?<![\\w_])_(?=\\S)([^_\\n]+?)(?<=\\S)_(?![\\w_])"
          + "|(?<![\\w~])~(?=\\S)([^~\\n]+?)(?<=\\S)~(?![\\w~])", Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);
  private static final List<String> STYLES = List.of("", "", "pre", "code", "bold", "italic", "strikethrough");

  static SlackText of(String raw, SlackDirectory directory) {
    Writing writing = new Writing(directory);
    writing.write(raw, 0);
    return new SlackText(writing.text.toString(), List.copyOf(writing.entities));
  }

  private record Writing(SlackDirectory directory, StringBuilder text, List<TextEntity> entities) {

    Writing(SlackDirectory directory) {
      this(directory, new StringBuilder(), new ArrayList<>());
    }

    void write(String raw, int depth) {
      Matcher markup = MARKUP.matcher(raw);
      int at = 0;
      while (depth < 5 && markup.find()) {
        text.append(plain(raw.substring(at, markup.start())));
        marked(markup, depth);
        at = markup.end();
      }
      text.append(plain(raw.substring(at)));
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
        text.append(plain(markup.group(group)));
      } else {
        write(markup.group(group), depth + 1);
      }
      entities.add(new TextEntity(STYLES.get(group), start, text.length() - start, null));
    }

    /** What stands in angle brackets: a person, a channel, a call to all, or a link. */
    private void reference(String reference) {
      int bar = reference.indexOf('|');
      String target = bar < 0 ? reference : reference.substring(0, bar);
      String label = bar < 0 ? null : plain(reference.substring(bar + 1));
      switch (target.isEmpty() ? ' ' : target.charAt(0)) {
        case '@' -> span("@" + name(target.substring(1), label), "text_mention", target.substring(1));
        case '#' -> span("#" + (label == null ? target.substring(1) : label), "hashtag", target.substring(1));
        case '!' -> span(call(target.substring(1), label), "mention", null);
        default -> link(plain(target), label);
      }
    }

    private String name(String user, @Nullable String label) {
      Speaker known = directory.person(user);
      return known != null ? known.firstName() : label == null ? user : label;
    }

    /** {@code here}, {@code channel}, {@code subteam^S1}, {@code date^…}: what is told to people is the label. */
    private static String call(String target, @Nullable String label) {
      return label != null ? label : "@" + target.replaceFirst("\\^.*", "");
    }

    private void link(String target, @Nullable String label) {
      boolean isMail = target.startsWith("mailto:");
      String address = isMail ? target.substring(7) : target;
      if (label == null || label.equals(address)) {
        span(address, isMail ? "email" : "url", null);
      } else {
        span(label, "text_link", target);
      }
    }

    private void span(String words, String type, @Nullable String value) {
      entities.add(new TextEntity(type, text.length(), words.length(), value));
      text.append(words);
    }

    private static String plain(String escaped) {
      return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
  }
}
