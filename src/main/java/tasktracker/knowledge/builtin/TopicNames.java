package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tasktracker.scoring.model.Language;

/** Names groups of messages by the phrases that are frequent in a group and rare in the others (c-TF-IDF). */
final class TopicNames {

  /** The least share of letters among the characters of a sentence that describes a topic. */
  private static final double MIN_LETTERS = .8;
  private static final int MAX_PHRASE = 4;
  private static final double[] LENGTH_WEIGHT = {0, 0.55, 1.2, 1.2, 1};
  private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{N}\\s'’ʼ._-]+|[.](?=\\s|$)|\\n");
  /** Endings of verbs and adverbs, which name nothing alone. */
  private static final Pattern VERB = Pattern
      .compile("(?iu).*(?:[a-z]{3}ed|[a-z]{2}ly|ться|тися|ємо|имо|емо|ував|ювала|ували|юють|ають|яють|уємо|ываем|аем|яем"
          + "|ешь|ишь|ают|яют|ывает|ает|[аяи]в|ил[аи]|[ая]л[аи]|ати|ити|яти|[аяие]ть|ил|ал|ял)");

  /** A phrase of a group: how it is written most often, and in how many messages it is. */
  private static final class Phrase {
    private final Map<String, Integer> forms = new HashMap<>();
    private int messages;

    String form() {
      // The nominative is shorter than most other cases.
      return forms.entrySet().stream()
          .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(form -> -form.getKey().length())
              .thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey).orElseThrow();
    }
  }

  private final Map<String, Integer> frequency = new HashMap<>();
  private final int total;

  /** @param all all messages, which tell what is rare */
  TopicNames(List<Utterance> all) {
    all.stream().filter(Utterance::isCandidate)
        .forEach(u -> phrases(u.text()).keySet().forEach(key -> frequency.merge(key, 1, Integer::sum)));
    total = Math.max(1, (int) all.stream().filter(Utterance::isCandidate).count());
  }

  /** The name of a group: its best phrase of two to four words, else its two best words. Empty if it has none. */
  String name(List<Utterance> group) {
    List<String> ranked = rank(group, 2, MAX_PHRASE);
    if (!ranked.isEmpty()) {
      return capitalize(ranked.getFirst());
    }
    // Two frequent words that stand beside each other once are better than two words from different places.
    List<String> neighbours = rankNeighbours(group);
    if (!neighbours.isEmpty()) {
      return capitalize(neighbours.getFirst());
    }
    List<String> words = rank(group, 1, 1);
    return switch (words.size()) {
      case 0 -> "";
      case 1 -> capitalize(words.getFirst());
      default -> capitalize(words.get(0)) + " " + and(group) + " " + words.get(1);
    };
  }

  /** The words that name a group, strongest first. */
  List<String> keywords(List<Utterance> group) {
    return rank(group, 1, 1).stream().limit(6).toList();
  }

  private static String and(List<Utterance> group) {
    Map<Language, Integer> languages = new HashMap<>();
    group.stream().filter(Utterance::isCandidate).forEach(u -> languages.merge(Language.of(u.text()), 1, Integer::sum));
    Language most = languages.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(Language.EN);
    return most == Language.UK ? "і" : most == Language.RU ? "и" : "and";
  }

  private List<String> rank(List<Utterance> group, int minWords, int maxWords) {
    return rank(collect(group), minWords, maxWords, 2);
  }

  /** Pairs of words of which each is in several messages. */
  private List<String> rankNeighbours(List<Utterance> group) {
    Map<String, Phrase> phrases = collect(group);
    Set<String> frequent = new HashSet<>();
    phrases.forEach((key, phrase) -> {
      if (phrase.messages > 1) {
        frequent.add(key);
      }
    });
    phrases.keySet().removeIf(key -> !frequent.containsAll(List.of(key.split(" "))));
    return rank(phrases, 2, 2, 1);
  }

  private static Map<String, Phrase> collect(List<Utterance> group) {
    Map<String, Phrase> phrases = new HashMap<>();
    for (Utterance utterance : group) {
      if (utterance.isCandidate()) {
        phrases(utterance.text()).forEach((key, forms) -> {
          Phrase phrase = phrases.computeIfAbsent(key, k -> new Phrase());
          forms.forEach(form -> phrase.forms.merge(form, 1, Integer::sum));
          phrase.messages++;
        });
      }
    }
    return phrases;
  }

  private List<String> rank(Map<String, Phrase> phrases, int minWords, int maxWords, int minMessages) {
    Map<Phrase, Double> scores = new HashMap<>();
    phrases.forEach((key, phrase) -> {
      int words = key.split(" ").length;
      if (phrase.messages >= minMessages && words >= minWords && words <= maxWords) {
        double rarity = Math.log(1 + (double) total / frequency.getOrDefault(key, 1));
        scores.put(phrase, LENGTH_WEIGHT[words] * phrase.messages * rarity);
      }
    });
    return scores.entrySet().stream()
        .sorted(Comparator.comparingDouble((Map.Entry<Phrase, Double> e) -> -e.getValue()).thenComparing(e -> e.getKey().form()))
        .map(entry -> entry.getKey().form()).toList();
  }

  /** The phrases of one to four words without stop words, by their stems. */
  private static Map<String, Set<String>> phrases(String text) {
    Map<String, Set<String>> found = new HashMap<>();
    String plain = text.replaceAll("(?:https?://|www\\.)\\S+", "\n").replaceAll("```[\\s\\S]*?(?:```|$)|`[^`]*`", "\n");
    for (String clause : BREAK.split(plain)) {
      List<String> run = new ArrayList<>();
      for (String word : Terms.words(clause)) {
        if (isNaming(word)) {
          run.add(word);
        } else {
          addPhrases(found, run);
          run.clear();
        }
      }
      addPhrases(found, run);
    }
    return found;
  }

  private static boolean isNaming(String word) {
    boolean hasLetter = word.chars().anyMatch(Character::isLetter);
    return hasLetter && word.length() > 2 && !Terms.isStopWord(word) && !VERB.matcher(word).matches();
  }

  private static void addPhrases(Map<String, Set<String>> found, List<String> run) {
    for (int from = 0; from < run.size(); from++) {
      for (int to = from + 1; to <= Math.min(run.size(), from + MAX_PHRASE); to++) {
        List<String> words = run.subList(from, to);
        String key = String.join(" ", words.stream().map(Terms::stem).toList());
        found.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(String.join(" ", words));
      }
    }
  }

  static String capitalize(String name) {
    return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The sentence that describes a group: of its most central message. Empty if no sentence has a fitting length. */
  static String describe(Conversation group) {
    float[] centroid = group.centroid();
    Map<String, Integer> counts = new HashMap<>();
    group.candidates().forEach(u -> u.stems().forEach(stem -> counts.merge(stem, 1, Integer::sum)));
    return group.candidates().stream().sorted(Comparator.comparingDouble((Utterance u) -> -centrality(u, centroid, counts)))
        .map(TopicNames::longestSentence).filter(s -> !s.isEmpty()).findFirst().orElse("");
  }

  private static double centrality(Utterance utterance, float @org.jspecify.annotations.Nullable [] centroid, Map<String, Integer> counts) {
    double common = utterance.stems().stream().mapToInt(stem -> counts.getOrDefault(stem, 0)).average().orElse(0);
    return Vectors.cosine(utterance.message().vector(), centroid) + 0.2 * Math.log1p(common);
  }

  private static String longestSentence(Utterance utterance) {
    return utterance.parts().stream()
        .filter(part -> part.words() >= 5 && part.sentence().text().length() <= 300 && !part.sentence().isQuestion()
            && isProse(part.sentence().text()))
        .max(Comparator.comparingInt(Utterance.Part::words)).map(part -> TitleWriter.strip(part.sentence().text(), new HashSet<>()))
        .map(TopicNames::capitalize).orElse("");
  }

  /** Reports of machines, with versions, times and hashes, describe no topic. */
  private static boolean isProse(String sentence) {
    long letters = sentence.codePoints().filter(Character::isLetter).count();
    return letters >= MIN_LETTERS * sentence.codePoints().filter(c -> !Character.isWhitespace(c)).count();
  }

  /** A heading without numbers, links and marks at its ends. */
  static String cleanHeading(String heading) {
    Matcher number = Pattern.compile("^\\s*(?:\\d+(?:\\.\\d+)*[.)]?\\s+)+").matcher(heading);
    String rest = number.find() ? heading.substring(number.end()) : heading;
    return rest.replaceAll("(?:https?://|www\\.)\\S+", "").replaceAll("\\s+", " ").replaceAll("^[\\s\"“«:.-]+|[\\s\"”»:.,;-]+$", "")
        .strip();
  }
}
