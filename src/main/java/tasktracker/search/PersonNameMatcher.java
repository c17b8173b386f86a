package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds people whose names occur in a query. For "what did Olena say about the login", messages by Olena rank higher. */
@ApplicationScoped
class PersonNameMatcher {

  private record NameMatch(UUID id, String word) {}

  private static final int MAX_MATCHES = 500;

  private final SearchStatements statements;

  @Inject
  PersonNameMatcher(SearchStatements statements) {
    this.statements = statements;
  }

  /** The people with a name in the query, with a weight: 1 divided by the number of people with that name. */
  Map<UUID, Double> findPeople(ParsedQuery query) {
    List<String> words = Stream.concat(query.keywords().stream(), query.questionWords().stream())
        .map(ParsedQuery.QueryWord::written).filter(PersonNameMatcher::isPossibleName).toList();
    if (words.isEmpty()) {
      return Map.of();
    }
    Map<String, List<NameMatch>> byWord = findPeople(words).stream().collect(Collectors.groupingBy(NameMatch::word));
    Map<UUID, Double> people = new HashMap<>();
    byWord.values().forEach(namesakes -> namesakes.forEach(match -> people.merge(match.id(), 1. / namesakes.size(), Math::max)));
    return people;
  }

  /** Only letters and digits, so that the word contains no operator of regular expressions. */
  private static boolean isPossibleName(String word) {
    return word.length() > 2 && word.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '\'');
  }

  private List<NameMatch> findPeople(List<String> words) {
    String anyOf = String.join("|", words);
    return statements.ask(sql -> sql.createQuery("""
            select p.id, w.word from person p
              join unnest(:words) as w (word) on lower(p.first_name || ' ' || coalesce(p.last_name, '')) ~ ('\\m' || w.word || '\\M')
             where (p.first_name || ' ' || coalesce(p.last_name, '')) ~* ('\\m(' || :any || ')\\M') limit :most""")
        .bindArray("words", String.class, words.toArray()).bind("any", anyOf).bind("most", MAX_MATCHES)
        .map((row, context) -> new NameMatch(row.getObject(1, UUID.class), row.getString(2))).list());
  }
}
