package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.model.MessageClassifier;

/**
 * A message with what is read out of its text once.
 *
 * @param index its position in the input
 * @param stems the stems of its words with meaning
 * @param isVote whether it is an acknowledgement such as {@code +1} or {@code ok}
 * @param agreement 1 for agreement with what precedes it, -1 for an objection, 0 for neither
 */
public record Utterance(int index, AnalystMessage message, List<Part> parts, Set<String> stems, boolean isVote, int agreement) {

  /** A sentence and what is found in it. */
  public record Part(Sentence sentence, List<String> tokens, Cues.Found cues) {

    static Part of(Sentence sentence) {
      List<String> tokens = Cues.tokenize(sentence.text());
      return new Part(sentence, tokens, Cues.shared().find(tokens));
    }

    public int words() {
      return (int) tokens.stream().filter(token -> Character.isLetterOrDigit(token.charAt(0)) || token.equals("n't")).count();
    }
  }

  private static final Pattern LAUGHTER = Pattern
      .compile("(?iu)[\\s.!)]*(lol|lmao|rofl|кек|лол|(ha|ах|ха|хе|хі|хи|he){1,8}[hах]?)[\\s.!)]*");
  private static final int MAX_AGREEMENT_TOKENS = 12;
  private static final int MAX_Z = 4;

  public static Utterance of(int index, AnalystMessage message) {
    List<Part> parts = Sentence.split(message.text()).stream().map(Part::of).toList();
    boolean isVote = !LAUGHTER.matcher(message.text()).matches() && MessageClassifier.shared().isVote(message.text());
    return new Utterance(index, message, parts, Terms.stems(message.text()), isVote, agreement(parts, isVote));
  }

  private static int agreement(List<Part> parts, boolean isVote) {
    if (parts.isEmpty() || parts.getFirst().sentence().isQuestion()) {
      return 0;
    }
    List<String> tokens = parts.getFirst().tokens();
    if (Cues.shared().startsWith(Cues.OBJECTION, tokens)) {
      return -1;
    }
    boolean isShort = tokens.size() <= MAX_AGREEMENT_TOKENS;
    return isVote || isShort && Cues.shared().startsWith(Cues.AGREEMENT, tokens) ? 1 : 0;
  }

  public UUID id() {
    return message.id();
  }

  public String text() {
    return message.text();
  }

  public boolean isCandidate() {
    return message.isCandidate() && !isVote && !parts.isEmpty();
  }

  /** The z-score of an aspect, which the strength was computed from; 0 if the message has no score. */
  public double z(Aspect aspect) {
    Double strength = message.aspects().get(aspect.wire());
    if (strength == null) {
      return 0;
    }
    double p = Math.clamp(strength, 0.001, 0.999);
    return Math.clamp(1 + Math.log(p / (1 - p)) / 1.5, -MAX_Z, MAX_Z);
  }

  /** The lane of a message: its forum topic or thread; messages of different lanes do not belong together. */
  public String lane() {
    return message.thread() == null ? "" : message.thread();
  }

  public boolean isBy(Utterance other) {
    return message.authorId().equals(other.message.authorId());
  }

  public double secondsSince(Utterance earlier) {
    return Math.max(0, message.sentAt().getEpochSecond() - earlier.message.sentAt().getEpochSecond());
  }

  /** The words by which others address an author: the full name, and its first word. */
  static List<String> namesOf(String authorName) {
    List<String> names = new ArrayList<>();
    String full = authorName.strip().toLowerCase(Locale.ROOT);
    names.add(full);
    List<String> words = Terms.words(full);
    if (words.size() > 1 && words.getFirst().length() > 2) {
      names.add(words.getFirst());
    }
    return names;
  }
}
