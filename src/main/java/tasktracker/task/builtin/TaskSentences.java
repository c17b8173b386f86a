package tasktracker.task.builtin;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.builtin.Sentence;
import tasktracker.knowledge.builtin.Utterance;

/** Sentences of messages as {@link ActFinder} reads them, in the language of their author where it can be told. */
final class TaskSentences {

  private static final Pattern RUSSIAN = Pattern
      .compile("(?iu)[ыэъё]|(?<!\\p{L})(?:и|или|что|это|как|мне|если|нужно|надо|только|сегодня|когда|чтобы"
          + "|от|из|с|ещё|кто|пожалуйста|не мог|сейчас|\\p{L}{3,12}(?:ать|ять|еть|оть))(?!\\p{L})");
  private static final Pattern UKRAINIAN = Pattern
      .compile("(?iu)[іїєґ]|(?<!\\p{L})(?:та|або|що|це|як|якщо|треба|сьогодні|коли|щоб|із|з|хто|зараз"
          + "|будь ласка|\\p{L}{3,12}(?:ати|яти|ити|іти))(?!\\p{L})");
  private static final int FEW_WORDS = 4;
  private static final Pattern THANKS = Pattern.compile("(?iu)^(?:thank|thx|дяк|спасиб).*");
  private static final int MAX_CONTENT = 1000;

  private final PeopleNames names;
  /** By the message: its own words decide, else the other messages of its author. */
  private final BitSet russian = new BitSet();

  TaskSentences(List<Utterance> utterances, PeopleNames names) {
    this.names = names;
    int[] own = utterances.stream().mapToInt(u -> russianness(u.text())).toArray();
    Map<UUID, Integer> ofAuthors = new HashMap<>();
    utterances.forEach(u -> ofAuthors.merge(u.message().authorId(), own[u.index()], Integer::sum));
    utterances.forEach(u -> russian.set(u.index(), own[u.index()] != 0
        ? own[u.index()] > 0
        : ofAuthors.getOrDefault(u.message().authorId(), 0) > 0));
  }

  private static int russianness(String text) {
    String start = text.substring(0, Math.min(MAX_CONTENT, text.length()));
    return Integer.compare((int) RUSSIAN.matcher(start).results().count(), (int) UKRAINIAN.matcher(start).results().count());
  }

  boolean isRussian(Utterance utterance) {
    return russian.get(utterance.index());
  }

  Clauses clauses(Utterance utterance, Sentence sentence) {
    return clauses(utterance, sentence.start(), sentence.end(), sentence.isQuestion(), false);
  }

  Clauses item(Utterance utterance, ListItems.Item item) {
    return clauses(utterance, item.start(), item.end(), false, true);
  }

  private Clauses clauses(Utterance utterance, int start, int end, boolean isQuestion, boolean inList) {
    return new Clauses(Word.read(utterance.text(), start, end), isQuestion, isRussian(utterance), inList, names);
  }

  /** The sentence with a remark of a few words after it, such as "No rush."; at most a thousand characters. */
  static Quote quote(Utterance utterance, Sentence sentence) {
    List<Utterance.Part> parts = utterance.parts();
    int end = sentence.end();
    for (int i = 0; i + 1 < parts.size(); i++) {
      Sentence next = parts.get(i + 1).sentence();
      if (parts.get(i).sentence().start() == sentence.start() && isRemark(sentence, parts.get(i + 1))) {
        end = next.end();
      }
    }
    return new Quote(utterance.id(), sentence.start(), limit(utterance.text(), sentence.start(), end));
  }

  private static boolean isRemark(Sentence sentence, Utterance.Part next) {
    boolean isBeside = next.sentence().start() - sentence.end() <= 1 && !next.sentence().isQuestion();
    return isBeside && next.words() <= FEW_WORDS && next.words() > 0 && !THANKS.matcher(next.sentence().text()).matches();
  }

  static int limit(String text, int start, int end) {
    int cut = Math.min(end, start + MAX_CONTENT);
    return cut < end && Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
  }
}
