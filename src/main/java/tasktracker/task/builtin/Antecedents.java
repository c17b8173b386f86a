package tasktracker.task.builtin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.builtin.Sentence;
import tasktracker.knowledge.builtin.Utterance;
import tasktracker.scoring.model.Script;

/** Finds what "I'll do it" and "please fix that" refer to: the message that is answered, or what was said just before. */
final class Antecedents {

  private static final int BACK = 4;
  private static final double SECONDS = 1800;
  private static final int MIN_WORDS = 3;
  private static final double PROBLEM = 0.9;
  /** Verbs that say nothing about the work itself. */
  private static final Set<String> TRANSPARENT = Set.of("do", "take", "handle", "get", "look", "have", "зробити", "взяти", "зайнятися",
      "доробити", "глянути", "подивитися", "сделать", "взять", "заняться", "глянуть", "посмотреть", "доделать", "зробимо", "");

  /** A sentence that something refers to. */
  record Antecedent(Utterance utterance, Sentence sentence) {}

  private final List<Utterance> utterances;
  private final Map<UUID, Utterance> byId = new HashMap<>();

  Antecedents(List<Utterance> utterances) {
    this.utterances = utterances;
    utterances.forEach(u -> byId.put(u.id(), u));
  }

  /** The message that is answered, if it is among those that are read. */
  @Nullable
  Utterance repliedTo(Utterance utterance) {
    UUID id = utterance.message().replyTo();
    return id == null ? null : byId.get(id);
  }

  /** The messages before it in the same forum topic, the nearest first. */
  List<Utterance> before(Utterance utterance) {
    List<Utterance> before = new java.util.ArrayList<>();
    for (int i = utterance.index() - 1; i >= 0 && before.size() < BACK; i--) {
      Utterance earlier = utterances.get(i);
      if (utterance.secondsSince(earlier) > SECONDS || utterance.index() - i > 4 * BACK) {
        break;
      }
      if (earlier.lane().equals(utterance.lane())) {
        before.add(earlier);
      }
    }
    return before;
  }

  /** @param ownFirst whether a sentence before it in the same message is preferred to the message that is answered */
  Optional<Antecedent> find(Utterance utterance, Sentence sentence, boolean ownFirst) {
    Optional<Antecedent> own = previous(utterance, sentence);
    if (ownFirst && own.isPresent()) {
      return own;
    }
    Utterance answered = repliedTo(utterance);
    if (answered != null) {
      return main(answered);
    }
    return own.isPresent()
        ? own
        : before(utterance).stream().filter(u -> !u.isBy(utterance) && !u.isVote()).findFirst().flatMap(Antecedents::main);
  }

  private static Optional<Antecedent> previous(Utterance utterance, Sentence sentence) {
    Antecedent found = null;
    for (Utterance.Part part : utterance.parts()) {
      if (part.sentence().start() < sentence.start() && part.words() > MIN_WORDS) {
        found = new Antecedent(utterance, part.sentence());
      }
    }
    return Optional.ofNullable(found);
  }

  /** The sentence that matters: a question, else the first one that is long enough. */
  private static Optional<Antecedent> main(Utterance utterance) {
    List<Utterance.Part> parts = utterance.parts().stream().filter(part -> part.words() >= MIN_WORDS).toList();
    return parts.stream().filter(part -> part.sentence().isQuestion()).findFirst().or(() -> parts.stream().findFirst())
        .map(part -> new Antecedent(utterance, part.sentence()));
  }

  static boolean isTransparent(String verb) {
    return TRANSPARENT.contains(verb);
  }

  static boolean isProblem(Antecedent antecedent) {
    return antecedent.utterance.parts().stream().filter(part -> part.sentence().equals(antecedent.sentence))
        .anyMatch(part -> part.cues().strength("problem") >= PROBLEM || part.cues().strength("blocker") >= PROBLEM);
  }

  /** A verb for work that only the antecedent describes, in its language. */
  static String verb(Antecedent antecedent, boolean isRussian) {
    boolean isProblem = isProblem(antecedent);
    int row = Script.of(antecedent.sentence.text()) != Script.CYRILLIC ? 0 : isRussian ? 2 : 1;
    int column = isProblem ? 0 : antecedent.sentence.isQuestion() ? 1 : 2;
    return GENERIC[row][column];
  }

  private static final String[][] GENERIC = {{"Fix", "Answer", "Handle"}, {"Виправити", "Відповісти", "Опрацювати"},
      {"Исправить", "Ответить", "Разобрать"}};
  private static final String[] PREPARE = {"Prepare", "Підготувати", "Подготовить"};

  /** A verb for work that is named by a noun. */
  static String prepare(String text, boolean isRussian) {
    return PREPARE[Script.of(text) != Script.CYRILLIC ? 0 : isRussian ? 2 : 1];
  }
}
