package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.Quote;

/** An atom in the making: the sentence that matters, and what was found out about it. */
final class AtomDraft {

  /** The maximum number of quotes of an atom. */
  static final int MAX_QUOTES = 6;

  final Utterance utterance;
  final Utterance.Part part;
  final int conversation;
  final AtomType type;
  final double rank;
  final Set<String> stems;
  /** The content, a part of the message with one to three sentences. */
  final Quote quote;
  double confidence;
  AnalystReason reason;
  final List<Quote> evidence = new ArrayList<>();

  AtomDraft(AtomType type, Utterance utterance, Utterance.Part part, int conversation, double rank, double confidence,
      AnalystReason reason) {
    this.type = type;
    this.utterance = utterance;
    this.part = part;
    this.conversation = conversation;
    this.rank = rank;
    this.confidence = confidence;
    this.reason = reason;
    this.quote = quoteAround(utterance, part);
    this.stems = Terms.stems(content());
  }

  /** The same with another type. */
  AtomDraft as(AtomType other, double otherConfidence, AnalystReason otherReason) {
    AtomDraft draft = new AtomDraft(other, utterance, part, conversation, rank, otherConfidence, otherReason);
    draft.evidence.addAll(evidence);
    return draft;
  }

  /** The sentence; before it the one that it refers to, after it the next one if both are short. */
  private static Quote quoteAround(Utterance utterance, Utterance.Part part) {
    int at = utterance.parts().indexOf(part);
    int first = at > 0 && Anaphora.startsWith(part) ? at - 1 : at;
    int last = at + 1 < utterance.parts().size() && isContinued(utterance.parts().get(at), utterance.parts().get(at + 1)) ? at + 1 : at;
    int start = utterance.parts().get(first).sentence().start();
    return new Quote(utterance.id(), start, limit(utterance.text(), start, utterance.parts().get(last).sentence().end()));
  }

  /** The end, or that of the last whole word within the longest content. */
  private static int limit(String text, int start, int end) {
    if (end - start <= MAX_CONTENT) {
      return end;
    }
    int space = text.lastIndexOf(' ', start + MAX_CONTENT);
    int cut = space > start ? space : start + MAX_CONTENT;
    return Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
  }

  private static final int LONG_ENOUGH = 120;
  private static final int MAX_CONTENT = 1000;
  private static final int FRAGMENT_WORDS = 6;
  private static final double FRAGMENT = 0.5;

  private static boolean isContinued(Utterance.Part part, Utterance.Part next) {
    boolean isOneParagraph = next.sentence().start() - part.sentence().end() <= 1;
    return isOneParagraph && !next.sentence().isQuestion() && next.words() >= 2
        && part.sentence().text().length() + next.sentence().text().length() <= LONG_ENOUGH;
  }

  /** The rank, lower for a fragment that can hardly be read alone. */
  double readableRank() {
    String first = part.tokens().isEmpty() ? "" : part.tokens().getFirst();
    boolean isFragment = part.words() < FRAGMENT_WORDS || first.equals("<n>") || Anaphora.startsWith(part);
    return isFragment && type != AtomType.QUESTION ? rank - FRAGMENT : rank;
  }

  String content() {
    return utterance.text().substring(quote.start(), quote.end());
  }

  float @Nullable [] vector() {
    return utterance.message().vector();
  }

  List<Quote> quotes() {
    List<Quote> all = new ArrayList<>(List.of(quote));
    evidence.stream().filter(other -> all.stream().noneMatch(known -> known.messageId().equals(other.messageId()))).limit(MAX_QUOTES - 1L)
        .forEach(all::add);
    return all;
  }

  /** Whether both say the same: most words in common, or nearly the same vector. */
  boolean isNearCopyOf(AtomDraft other) {
    if (Terms.overlap(stems, other.stems) >= 0.7) {
      return true;
    }
    return utterance != other.utterance && type == other.type && coversMessage() && other.coversMessage()
        && Vectors.cosine(vector(), other.vector()) >= 0.9;
  }

  /** Whether the vector of the message stands for this part of it. */
  private boolean coversMessage() {
    return quote.end() - quote.start() >= 0.6 * utterance.text().length();
  }
}
