package tasktracker.knowledge.builtin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.DecidedAtom;
import tasktracker.knowledge.analyst.KnownTopic;
import tasktracker.scoring.model.MessageClassifier;

/** Builds a small chat without vectors and scores, message by message, two minutes apart. */
final class ChatBuilder {

  private static final int MIN_LENGTH = 10;

  private final List<AnalystMessage> messages = new ArrayList<>();
  private final List<KnownTopic> topics = new ArrayList<>();
  private final List<DecidedAtom> decided = new ArrayList<>();
  private Instant time = Instant.parse("2026-11-02T09:00:00Z");
  private String thread;

  /** Adds a message; the first is number 1. */
  ChatBuilder says(String author, String text) {
    return add(author, text, null, 0, true);
  }

  ChatBuilder replies(String author, int to, String text) {
    return add(author, text, id(to), 0, true);
  }

  ChatBuilder saysWithReactions(String author, String text, int reactions) {
    return add(author, text, null, reactions, true);
  }

  /** Adds a message that no atom may rest on first, such as spam or the post of a bot. */
  ChatBuilder posts(String author, String text) {
    return add(author, text, null, 0, false);
  }

  /** The forum topic of the following messages. */
  ChatBuilder in(String forumTopic) {
    thread = forumTopic;
    return this;
  }

  ChatBuilder after(long seconds) {
    time = time.plusSeconds(seconds);
    return this;
  }

  ChatBuilder known(String name, String... formerNames) {
    topics.add(new KnownTopic(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name, List.of(formerNames), "", null));
    return this;
  }

  ChatBuilder decided(AtomType type, String text, boolean isApproved) {
    decided.add(new DecidedAtom(type, text, null, isApproved));
    return this;
  }

  private ChatBuilder add(String author, String text, UUID replyTo, int reactions, boolean isOrdinary) {
    time = time.plusSeconds(120);
    boolean isCandidate = isOrdinary && text.length() >= MIN_LENGTH && !MessageClassifier.shared().hasLowContent(text);
    messages
        .add(new AnalystMessage(id(messages.size() + 1), thread, thread, UUID.nameUUIDFromBytes(author.getBytes(StandardCharsets.UTF_8)),
            author, replyTo, time, text, null, null, Map.of(), reactions, isCandidate));
    return this;
  }

  static UUID id(int number) {
    return new UUID(0, number);
  }

  AnalystMessage message(UUID id) {
    return messages.get((int) id.getLeastSignificantBits() - 1);
  }

  List<AnalystMessage> messages() {
    return messages;
  }

  Analysis analyze() {
    return analyze(100);
  }

  Analysis analyze(int maxAtoms) {
    return new BuiltInAnalyst().analyze(new AnalystInput(messages, topics, decided, maxAtoms));
  }

  /** The atom whose first quote is in this message. */
  static AtomCandidate atomOf(Analysis analysis, int message) {
    return analysis.atoms().stream().filter(atom -> atom.quotes().getFirst().messageId().equals(id(message))).findFirst()
        .orElseThrow(() -> new AssertionError("No atom of message " + message + " in " + analysis.atoms()));
  }
}
