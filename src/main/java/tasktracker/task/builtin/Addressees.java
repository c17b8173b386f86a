package tasktracker.task.builtin;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.task.analyst.ChatPerson;

/**
 * Whom a sentence speaks to.
 *
 * @param person the only one, or null
 * @param isNamed whether somebody is addressed by name, even if it is not clear who, or several are
 * @param isGroup whether everybody is addressed
 */
record Addressees(@Nullable ChatPerson person, boolean isNamed, boolean isGroup) {

  static final Addressees NONE = new Addressees(null, false, false);

  static Addressees of(Clauses clauses) {
    Set<UUID> ids = new HashSet<>();
    ChatPerson person = null;
    boolean isNamed = false;
    for (int i = 0; i < clauses.size(); i++) {
      Word word = clauses.get(i);
      if (!clauses.names().isName(word) || !isAddress(clauses, i)) {
        continue;
      }
      isNamed = true;
      Optional<ChatPerson> found = clauses.names().person(word);
      if (found.isEmpty()) {
        ids.add(new UUID(0, i));
      } else {
        person = found.get();
        ids.add(person.id());
      }
    }
    return new Addressees(ids.size() == 1 ? person : null, isNamed, !isNamed && isGroup(clauses));
  }

  private static boolean isGroup(Clauses clauses) {
    List<Word> first = clauses.words().subList(0, Math.min(4, clauses.size()));
    return ActWords.shared().has("group", first);
  }

  /** At the start of a clause before a comma, a colon or the request, or at the end after a comma or before the question mark. */
  private static boolean isAddress(Clauses clauses, int index) {
    int end = index + 1;
    while (clauses.has(end) && clauses.get(end).isWord() && isSame(clauses, index, end)) {
      end++;
    }
    int begin = index;
    while (begin > 0 && isSame(clauses, index, begin - 1)) {
      begin--;
    }
    boolean isLast = restIsMarks(clauses, end);
    boolean afterComma = clauses.has(begin - 1) && clauses.get(begin - 1).isBreak();
    if (isLast && begin > 0 && (afterComma || clauses.isQuestion() && clauses.get(index).isCapital() || isPlease(clauses, begin - 1))) {
      return true;
    }
    boolean starts = clauses.isClauseStart(begin);
    if (!starts) {
      return false;
    }
    boolean beforeMark = clauses.has(end) && (clauses.get(end).is(",") || clauses.get(end).is(":") || clauses.get(end).is("!"));
    return clauses.get(index).isMention() || beforeMark || beginsRequest(clauses, end) || isLast && begin == 0;
  }

  private static boolean isSame(Clauses clauses, int index, int other) {
    Optional<ChatPerson> one = clauses.names().person(clauses.get(index));
    return one.isPresent() && clauses.names().person(clauses.get(other)).filter(p -> p.id().equals(one.get().id())).isPresent();
  }

  private static boolean restIsMarks(Clauses clauses, int from) {
    return clauses.words().subList(from, clauses.size()).stream().noneMatch(Word::isWord)
        || clauses.size() - from <= 3 && isPlease(clauses, from);
  }

  private static boolean isPlease(Clauses clauses, int index) {
    String text = clauses.has(index) ? clauses.get(index).text() : "";
    return ActWords.shared().has(ActWords.PLEASE, clauses.words().subList(index, clauses.size())) && !text.isEmpty()
        || text.equals("please") || text.equals("пожалуйста") || text.equals("ласка");
  }

  private static boolean beginsRequest(Clauses clauses, int index) {
    if (!clauses.has(index)) {
      return false;
    }
    List<Word> next = clauses.words().subList(index, Math.min(clauses.size(), index + 4));
    boolean asks = ActWords.shared().find(next).stream()
        .anyMatch(match -> match.from() == 0 && (match.section().equals(ActWords.ASK) || match.section().equals(ActWords.PLEASE)));
    Verbs.Verb verb = Verbs.of(clauses.get(index), clauses.isRussian());
    return asks || verb != null && (verb.form() == Verbs.Form.IMPERATIVE || verb.form() == Verbs.Form.SECOND);
  }
}
