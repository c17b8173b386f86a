package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.scoring.model.SectionedFile;

/**
 * Cuts the minutes of a meeting into items of its agenda: at its headings; without headings where the vectors before and after
 * a message differ, the pause is long, a link is posted, or somebody says that the next item begins.
 */
final class AgendaCutter {

  /** The number of messages on each side that are compared. */
  private static final int SIDE = 8;
  private static final int MIN_ITEM = 5;
  private static final int MIN_LENGTH = 10;

  // A logistic regression on half of the meetings of docs/knowledge.md; the other half is reported there.
  private static final double CUT = -2;
  private static final double BIAS = -2.12;
  private static final double GAP = 0.75;
  private static final double DIFFERENCE = 0.47;
  private static final double TRANSITION = 0.96;
  private static final double OPENING = 1.2;
  private static final double LINK = 1.73;
  private static final double COMMAND = -1.07;
  private static final double OTHER_AUTHOR = 0.43;
  private static final double POSITION = -0.72;

  private static final int MAX_HEADING = 100;
  private static final Pattern HEADING = heading();
  private static final Pattern MARKDOWN = Pattern.compile("^#{1,4}\\s+(\\S.*)$");
  private static final Pattern BARE_LINK = Pattern.compile("\\s*+https?://\\S++\\s*+");
  private static final Pattern CHATTER = Pattern
      .compile("(?i)^(present\\+.*|regrets\\+.*|q[+\\-?].*|ack .*|[+-]1|scribe(nick)?\\s*:.*|zakim.*|rrsagent.*|voip.*)$");

  private AgendaCutter() {}

  private static Pattern heading() {
    List<String> words = SectionedFile.read("knowledge/headings.txt").getOrDefault("introduction", List.of());
    return Pattern.compile("(?iu)^(?:" + String.join("|", words.stream().map(Pattern::quote).toList()) + ")\\s*\\d*\\s*[:.]\\s*(\\S.*)$");
  }

  /** The text of a heading line such as {@code Topic: the budget}, or null. */
  static @Nullable String headingOf(String text) {
    String stripped = text.strip();
    if (stripped.length() > MAX_HEADING || stripped.indexOf('\n') >= 0) {
      return null;
    }
    Matcher heading = HEADING.matcher(stripped);
    if (heading.matches()) {
      return heading.group(1).strip();
    }
    Matcher markdown = MARKDOWN.matcher(stripped);
    return markdown.matches() ? markdown.group(1).strip() : null;
  }

  /** Whether the text is a command to the bots of a meeting. */
  static boolean isMeetingChatter(String text) {
    return text.length() < 120 && CHATTER.matcher(text.strip().toLowerCase(Locale.ROOT)).matches();
  }

  /** The items of the agenda in their order. */
  static List<Conversation> cut(List<Utterance> meeting) {
    List<Conversation> items = new ArrayList<>();
    List<Utterance> current = new ArrayList<>();
    String heading = null;
    for (Utterance utterance : meeting) {
      String next = headingOf(utterance.text());
      if (next != null && !current.isEmpty()) {
        addItem(items, current, heading);
        current = new ArrayList<>();
      }
      heading = next == null ? heading : next;
      current.add(utterance);
    }
    addItem(items, current, heading);
    return items;
  }

  /** An item with a heading is kept whole. What has none is cut by its vectors. */
  private static void addItem(List<Conversation> items, List<Utterance> item, @Nullable String heading) {
    if (item.isEmpty()) {
      return;
    }
    if (heading != null) {
      items.add(new Conversation(List.copyOf(item), heading, true));
      return;
    }
    int start = 0;
    for (int cut : findCuts(item)) {
      items.add(new Conversation(List.copyOf(item.subList(start, cut)), null, true));
      start = cut;
    }
    items.add(new Conversation(List.copyOf(item.subList(start, item.size())), null, true));
  }

  /** The positions before which a new item begins, ascending. */
  static List<Integer> findCuts(List<Utterance> meeting) {
    double[] scores = scores(meeting);
    List<Integer> order = new ArrayList<>();
    for (int i = MIN_ITEM; i <= meeting.size() - MIN_ITEM; i++) {
      if (scores[i] >= CUT) {
        order.add(i);
      }
    }
    order.sort((a, b) -> Double.compare(scores[b], scores[a]));
    List<Integer> cuts = new ArrayList<>();
    order.stream().filter(i -> cuts.stream().allMatch(cut -> Math.abs(cut - i) >= MIN_ITEM)).forEach(cuts::add);
    cuts.sort(Integer::compare);
    return cuts;
  }

  /** The log-odds that an item begins with each message. */
  private static double[] scores(List<Utterance> meeting) {
    double[] difference = differences(meeting);
    double[] gap = new double[meeting.size()];
    for (int i = 1; i < meeting.size(); i++) {
      gap[i] = Math.log1p(meeting.get(i).secondsSince(meeting.get(i - 1)));
    }
    standardize(difference);
    standardize(gap);
    double[] scores = new double[meeting.size()];
    for (int i = 1; i < scores.length; i++) {
      scores[i] = BIAS + GAP * gap[i] + DIFFERENCE * difference[i] + POSITION * Math.log1p(i) + signs(meeting, i);
    }
    return scores;
  }

  private static double signs(List<Utterance> meeting, int at) {
    List<Utterance> around = meeting.subList(at - 1, Math.min(meeting.size(), at + 2));
    Utterance utterance = meeting.get(at);
    double score = isMeetingChatter(utterance.text()) ? COMMAND : 0;
    score += around.stream().anyMatch(u -> hasCue(u, Cues.TRANSITION)) ? TRANSITION : 0;
    score += around.stream().anyMatch(u -> hasCue(u, Cues.OPENING)) ? OPENING : 0;
    score += around.stream().skip(1).anyMatch(u -> BARE_LINK.matcher(u.text()).matches()) ? LINK : 0;
    return score + (utterance.isBy(meeting.get(at - 1)) ? 0 : OTHER_AUTHOR);
  }

  private static boolean hasCue(Utterance utterance, String section) {
    return !isMeetingChatter(utterance.text()) && utterance.parts().stream().anyMatch(part -> part.cues().strength(section) > 0);
  }

  /** How different the mean vectors of the messages before and after each place are. */
  private static double[] differences(List<Utterance> meeting) {
    double[] differences = new double[meeting.size()];
    for (int i = 1; i < meeting.size(); i++) {
      float[] before = mean(meeting, Math.max(0, i - SIDE), i);
      float[] after = mean(meeting, i, Math.min(meeting.size(), i + SIDE));
      differences[i] = before == null || after == null ? 0 : 1 - Vectors.cosine(before, after);
    }
    return differences;
  }

  private static float @Nullable [] mean(List<Utterance> meeting, int from, int to) {
    List<float[]> vectors = new ArrayList<>();
    for (Utterance utterance : meeting.subList(from, to)) {
      float[] vector = utterance.message().vector();
      if (vector != null && utterance.text().length() >= MIN_LENGTH && !isMeetingChatter(utterance.text())) {
        vectors.add(vector);
      }
    }
    return Vectors.mean(vectors);
  }

  private static void standardize(double[] values) {
    double mean = java.util.Arrays.stream(values).average().orElse(0);
    double deviation = Math.sqrt(java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation == 0 ? 0 : (values[i] - mean) / deviation;
    }
  }
}
