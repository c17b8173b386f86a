package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.scoring.model.SectionedFile;

/**
 * Cuts the minutes of a meeting into items of its agenda: at its headings, and elsewhere where the vectors before and after
 * a message differ most and the pause is long.
 */
final class AgendaCutter {

  /** The number of messages on each side that are compared. */
  private static final int SIDE = 20;
  private static final int MIN_ITEM = 8;
  private static final double GAP_WEIGHT = 0.5;
  /** The number of standard deviations above the mean from which a place is a cut. */
  private static final double CUT = 2.2;
  private static final int MAX_HEADING = 100;
  private static final Pattern HEADING = heading();
  private static final Pattern MARKDOWN = Pattern.compile("^#{1,4}\\s+(\\S.*)$");
  private static final Pattern CHATTER = Pattern
      .compile("(?i)^(present\\+.*|regrets\\+.*|q[+\\-?].*|ack .*|scribe(nick)?\\s*:.*|zakim,.*|rrsagent,.*)$");

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
      items.add(new Conversation(List.copyOf(item), heading));
      return;
    }
    int start = 0;
    for (int cut : findCuts(item)) {
      items.add(Conversation.of(List.copyOf(item.subList(start, cut))));
      start = cut;
    }
    items.add(Conversation.of(List.copyOf(item.subList(start, item.size()))));
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

  /** For each place, z(depth of the valley of similarity) + half of z(logarithm of the pause). */
  private static double[] scores(List<Utterance> meeting) {
    double[] depth = depths(similarities(meeting));
    double[] gap = new double[meeting.size()];
    for (int i = 1; i < meeting.size(); i++) {
      gap[i] = Math.log1p(meeting.get(i).secondsSince(meeting.get(i - 1)));
    }
    standardize(depth);
    standardize(gap);
    double[] scores = new double[meeting.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = depth[i] + GAP_WEIGHT * gap[i];
    }
    return scores;
  }

  /** The cosine of the mean vectors of the messages before and after each place; kept by running sums. */
  private static double[] similarities(List<Utterance> meeting) {
    double[] similarities = new double[meeting.size()];
    java.util.Arrays.fill(similarities, 1);
    for (int i = 1; i < meeting.size(); i++) {
      float[] before = mean(meeting, Math.max(0, i - SIDE), i);
      float[] after = mean(meeting, i, Math.min(meeting.size(), i + SIDE));
      similarities[i] = before == null || after == null ? 1 : Vectors.cosine(before, after);
    }
    return similarities;
  }

  private static float @Nullable [] mean(List<Utterance> meeting, int from, int to) {
    List<float[]> vectors = new ArrayList<>();
    for (Utterance utterance : meeting.subList(from, to)) {
      float[] vector = utterance.message().vector();
      if (vector != null && utterance.isCandidate()) {
        vectors.add(vector);
      }
    }
    return Vectors.mean(vectors);
  }

  /** The depth of each valley: how far the similarity rises on both sides. */
  private static double[] depths(double[] similarities) {
    double[] depths = new double[similarities.length];
    for (int i = 1; i < similarities.length; i++) {
      depths[i] = rise(similarities, i, -1) + rise(similarities, i, 1);
    }
    return depths;
  }

  private static double rise(double[] similarities, int from, int step) {
    double highest = similarities[from];
    for (int i = from + step; i > 0 && i < similarities.length && Math.abs(i - from) <= SIDE; i += step) {
      if (similarities[i] < highest) {
        break;
      }
      highest = similarities[i];
    }
    return highest - similarities[from];
  }

  private static void standardize(double[] values) {
    double mean = java.util.Arrays.stream(values).average().orElse(0);
    double deviation = Math.sqrt(java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation == 0 ? 0 : (values[i] - mean) / deviation;
    }
  }
}
