package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows whom a question may mean: "what did Olena say about the login" counts what Olena said twice. */
@ApplicationScoped
class PersonNameMatcher {

  private record Named(UUID id, String word) {}

  private static final int MOST = 500;

  private @Nullable SearchStatements searching;

  protected PersonNameMatcher() {}

  @Inject
  PersonNameMatcher(SearchStatements searching) {
    this.searching = searching;
  }

  /** People one of whose names is among the words, and how surely: 1 when nobody else has that name. */
  Map<UUID, Double> named(ParsedQuery question) {
    List<String> words = Stream.concat(question.wanted().stream(), question.asking().stream())
        .map(ParsedQuery.Wanted::written).filter(PersonNameMatcher::mayBeName).toList();
    if (words.isEmpty()) {
      return Map.of();
    }
    List<Named> named = named(words);
    Map<String, Long> bearers = named.stream().collect(Collectors.groupingBy(Named::word, Collectors.counting()));
    Map<UUID, Double> people = new HashMap<>();
    named.forEach(n -> people.merge(n.id(), 1. / bearers.get(n.word()), Math::max));
    return people;
  }

  /** Letters and digits alone: nothing of it is an operator of regular expressions. */
  private static boolean mayBeName(String word) {
    return word.length() > 2 && word.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '\'');
  }

  private List<Named> named(List<String> words) {
    String anyOf = String.join("|", words);
    return searching.ask(sql -> sql.createQuery("""
            select p.id, w.word from person p
              join unnest(:words) as w (word) on lower(p.first_name || ' ' || coalesce(p.last_name, '')) ~ ('\\m' || w.word || '\\M')
             where (p.first_name || ' ' || coalesce(p.last_name, '')) ~* ('\\m(' || :any || ')\\M') limit :most""")
        .bindArray("words", String.class, words.toArray()).bind("any", anyOf).bind("most", MOST)
        .map((row, context) -> new Named(row.getObject(1, UUID.class), row.getString(2))).list());
  }
}
