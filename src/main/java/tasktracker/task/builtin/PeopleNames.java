package tasktracker.task.builtin;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.builtin.Terms;
import tasktracker.task.analyst.ChatPerson;
import tasktracker.task.analyst.NameForms;

/**
 * Finds members of a chat by what others call them: the username, or a word of the display name, in another alphabet too and
 * with the endings of cases ("Кевіна" is Kevin, "Taras" is Тарас).
 */
final class PeopleNames {

  private static final int MIN_NAME = 3;
  /** "Deploy bot", "deploy_bot" and "DeployBot", but not Talbot. */
  private static final Pattern BOT = Pattern.compile("(?:(?:^|[^\\p{L}])[Bb]|\\p{Ll}B)[Oo][Tt]$");

  /** @param person null for a name that several people have */
  private record Named(@Nullable ChatPerson person) {}

  private final Map<UUID, ChatPerson> people = new LinkedHashMap<>();
  private final Map<String, Named> byStem = new HashMap<>();
  private final Map<String, Named> byExactName = new HashMap<>();

  PeopleNames(Collection<ChatPerson> members, List<AnalystMessage> messages) {
    members.forEach(member -> people.putIfAbsent(member.id(), member));
    messages.forEach(m -> people.putIfAbsent(m.authorId(), new ChatPerson(m.authorId(), m.authorName(), null)));
    people.values().stream().filter(person -> !isBot(person.displayName())).forEach(this::add);
  }

  static boolean isBot(String name) {
    return BOT.matcher(name.strip()).find();
  }

  private void add(ChatPerson person) {
    put(byExactName, person.displayName().strip().toLowerCase(Locale.ROOT), person);
    if (person.username() != null) {
      put(byExactName, person.username().toLowerCase(Locale.ROOT), person);
    }
    for (String word : Terms.words(person.displayName())) {
      put(byExactName, word.toLowerCase(Locale.ROOT), person);
      String stem = NameForms.stem(word);
      if (!stem.isEmpty()) {
        put(byStem, stem, person);
      }
    }
  }

  private static void put(Map<String, Named> index, String key, ChatPerson person) {
    index.merge(key, new Named(person), (a, b) -> a.person != null && b.person != null && a.person.id().equals(b.person.id())
        ? a
        : new Named(null));
  }

  @Nullable
  ChatPerson byId(UUID id) {
    return people.get(id);
  }

  /** Whether the word is a name of somebody, or of several people. */
  boolean isName(Word word) {
    return find(word) != null;
  }

  /** The one whom the word names; empty for other words and for a name that several people have. */
  Optional<ChatPerson> person(Word word) {
    Named named = find(word);
    return named == null ? Optional.empty() : Optional.ofNullable(named.person);
  }

  private @Nullable Named find(Word word) {
    if (!word.isWord()) {
      return null;
    }
    String text = word.isMention() ? word.text().substring(1) : word.text();
    Named exact = byExactName.get(text);
    if (exact != null && (word.isMention() || word.isCapital() || !isCommon(text))) {
      return exact;
    }
    return word.isMention() || !word.isCapital() ? null : findByStem(text);
  }

  private static boolean isCommon(String text) {
    return Terms.isStopWord(text) || Verbs.isEnglish(text) || text.length() < MIN_NAME;
  }

  private @Nullable Named findByStem(String text) {
    return NameForms.candidates(text).stream().map(byStem::get).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
