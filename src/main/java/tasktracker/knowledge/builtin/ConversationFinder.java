package tasktracker.knowledge.builtin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the conversations of a free chat. Each message joins the message before it that it most likely answers, within a
 * bounded window of the same forum topic, so the cost grows linearly with the number of messages.
 */
final class ConversationFinder {

  /** The number of preceding messages that are compared. */
  static final int WINDOW = 40;
  // Tuned on five days of annotated chat, see docs/knowledge.md.
  private static final double THRESHOLD = 0.4;
  private static final double MAX_REPLY_THRESHOLD = 0.4;
  private static final double COSINE = 1.25;
  private static final double DISTANCE = 0.04;
  private static final double SAME_AUTHOR = 0.5;
  private static final double ADDRESSED = 2;
  private static final double ADDRESSED_BY = 0.5;
  private static final double MENTIONED = 0.8;
  private static final double SAME_ADDRESSEE = 0.4;
  /** A pause of more than ten minutes makes it less likely that one message answers the other. */
  private static final double PAUSE = 0.15;
  private static final double PAUSE_MINUTES = 10;
  /** Without vectors, common words take their place. */
  private static final double OVERLAP = 1.2;
  /** A name as people have it in chats; possessive, so that matching takes linear time. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_|^`{}\\[\\]\\\\-]++");

  private final List<Utterance> utterances;
  private final int[] parent;
  private final Map<UUID, Integer> byId = new HashMap<>();
  private final Map<String, Deque<Integer>> windows = new HashMap<>();
  /** The authors whom each message names, and the one whom it addresses at its start. */
  private final List<Set<UUID>> mentions = new ArrayList<>();
  private final Map<Integer, UUID> addressees = new HashMap<>();
  private final Map<String, UUID> authorsByName = new HashMap<>();
  private final double threshold;

  private ConversationFinder(List<Utterance> utterances) {
    this.utterances = utterances;
    this.parent = new int[utterances.size()];
    Arrays.setAll(parent, i -> i);
    long replies = utterances.stream().filter(u -> u.message().replyTo() != null).count();
    // Where people use replies, a message that is none more often begins something new.
    this.threshold = THRESHOLD + Math.min(MAX_REPLY_THRESHOLD, (double) replies / Math.max(1, utterances.size()));
    utterances.forEach(u -> Utterance.namesOf(u.message().authorName()).forEach(name -> authorsByName.put(name, u.message().authorId())));
  }

  /** The conversations in the order of their first messages. */
  static List<Conversation> find(List<Utterance> utterances) {
    return new ConversationFinder(utterances).run();
  }

  private List<Conversation> run() {
    for (int i = 0; i < utterances.size(); i++) {
      Utterance utterance = utterances.get(i);
      byId.put(utterance.id(), i);
      findMentions(i);
      Deque<Integer> window = windows.computeIfAbsent(utterance.lane(), lane -> new ArrayDeque<>());
      join(i, window);
      window.addLast(i);
      if (window.size() > WINDOW) {
        window.removeFirst();
      }
    }
    return collect();
  }

  private void join(int index, Deque<Integer> window) {
    Integer repliedTo = byId.get(utterances.get(index).message().replyTo());
    if (repliedTo != null) {
      parent[root(index)] = root(repliedTo);
      return;
    }
    int best = -1;
    double bestScore = threshold;
    int distance = window.size();
    for (int earlier : window) {
      double score = score(index, earlier, distance--);
      if (score > bestScore) {
        best = earlier;
        bestScore = score;
      }
    }
    if (best >= 0) {
      parent[root(index)] = root(best);
    }
  }

  private double score(int index, int earlier, int distance) {
    Utterance a = utterances.get(index);
    Utterance b = utterances.get(earlier);
    double score = -DISTANCE * distance - PAUSE * Math.log1p(Math.max(0, a.secondsSince(b) / 60 - PAUSE_MINUTES));
    score += a.isBy(b) ? SAME_AUTHOR : 0;
    score += mentionScore(index, earlier);
    return score + similarity(a, b);
  }

  private static double similarity(Utterance a, Utterance b) {
    return a.message().vector() == null || b.message().vector() == null
        ? OVERLAP * Terms.containment(a.stems(), b.stems())
        : COSINE * Vectors.cosine(a.message().vector(), b.message().vector());
  }

  private double mentionScore(int index, int earlier) {
    UUID author = utterances.get(index).message().authorId();
    UUID earlierAuthor = utterances.get(earlier).message().authorId();
    UUID addressee = addressees.get(index);
    double score = addressee != null && addressee.equals(addressees.get(earlier)) ? SAME_ADDRESSEE : 0;
    if (earlierAuthor.equals(addressee)) {
      return score + ADDRESSED;
    }
    if (author.equals(addressees.get(earlier))) {
      return score + ADDRESSED_BY;
    }
    return mentions.get(index).contains(earlierAuthor) ? score + MENTIONED : score;
  }

  private void findMentions(int index) {
    Utterance utterance = utterances.get(index);
    Set<UUID> found = new HashSet<>();
    Matcher word = NAME.matcher(utterance.text().toLowerCase(Locale.ROOT));
    while (word.find()) {
      UUID author = authorsByName.get(word.group());
      if (author != null && !author.equals(utterance.message().authorId())) {
        found.add(author);
        if (isAddress(utterance.text(), word.start(), word.end())) {
          addressees.putIfAbsent(index, author);
        }
      }
    }
    mentions.add(found);
  }

  /** Whether the name is at the start of the text, perhaps after an at sign, before a colon or comma. */
  private static boolean isAddress(String text, int start, int end) {
    return start <= 1 && end < text.length() && (text.charAt(end) == ':' || text.charAt(end) == ',');
  }

  private int root(int index) {
    int root = index;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private List<Conversation> collect() {
    Map<Integer, List<Utterance>> byRoot = new LinkedHashMap<>();
    for (int i = 0; i < utterances.size(); i++) {
      byRoot.computeIfAbsent(root(i), r -> new ArrayList<>()).add(utterances.get(i));
    }
    return byRoot.values().stream().map(Conversation::of).toList();
  }
}
