package tasktracker.knowledge.extraction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.NormalizedText;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.LinkCandidate;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.analyst.TopicCandidate;
import tasktracker.knowledge.atom.Atom;
import tasktracker.knowledge.topic.Topic;
import tasktracker.platform.data.StorableText;

/**
 * Checks what an analyst proposes against the messages that it read, whoever the analyst is. What fails is refused with
 * the reason; nothing is repaired into a guess.
 */
public final class AnalysisValidator {

  /** A proposal that was refused; the reason is the last part of a key {@code extraction.refused.*}. */
  public record Refusal(String item, String reason) {}

  /** What passed, and what was refused. */
  public record Result(Analysis accepted, List<Refusal> refused) {}

  private static final int MAX_TITLE_WORDS = 12;
  private static final int MAX_SENTENCES = 3;
  private static final double SAME_WORDS = .7;
  private static final int MAX_QUOTES = 20;
  /** With the unit that is written to it, such as {@code 5k}, and signs of currencies and percent: 5 € is not $5. */
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+(?:[.,:/-]\\p{Nd}+)*\\p{L}*|[\\p{Sc}%]");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’ʼ-]*");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?…]+(?=\\s+[\"«“„(]?\\p{Lu}|\\s*$)");
  private static final Pattern STATEMENT = Pattern.compile("[^.!?…\\n]+[.!?…]*");
  /** Words of a question or a proposal; a decision whose words are only these was not made. */
  private static final Pattern PROPOSAL = Pattern.compile(
      "(?iu)(?<!\\p{L})(should we|shall we|could we|can we|what if|how about|maybe we|i propose|proposal:|proposed:|i suggest|"
          + "пропоную|може,? |можливо|а якщо|давайте обговоримо|чи не варто|предлагаю|может,? |возможно|а если)");
  private static final Pattern AGREEMENT = Pattern.compile(
      "(?iu)(?<!\\p{L})(agreed|decided|decision|resolved|ok|okay|yes|done|approved|let's go|sounds good|works for me|так,|ок|добре|"
          + "(домовил|вирішили|рішення|погодж|згод|решили|решение|договорил|согласен|хорошо)\\p{L}*)(?!\\p{L})|\\+1(?!\\d)|👍|✅");
  /** An agreement that was not reached. */
  private static final Pattern NO_AGREEMENT = Pattern.compile(
      "(?iu)(?<!\\p{L})(not|no|never|haven't|hasn't|isn't|wasn't|aren't)( \\p{L}+){0,2} (agreed|decided|decision|resolved|approved|done|ok)"
          + "|(?<!\\p{L})(не|ще не|еще не|ещё не) (домовил|вирішили|погодж|згод|решили|договорил|согласен)\\p{L}*"
          + "|(?<!\\p{L})(рішення|решения) (ще |еще |ещё )?(нема|нет)\\p{L}*");

  private final Map<UUID, AnalystMessage> messages = new HashMap<>();
  private final Set<UUID> knownTopics = new HashSet<>();
  private final Set<String> participants = new HashSet<>();
  private final List<Refusal> refused = new ArrayList<>();

  private AnalysisValidator(AnalystInput input) {
    for (AnalystMessage message : input.messages()) {
      messages.put(message.id(), message);
      participants.addAll(normalizedWords(message.authorName()));
    }
    input.topics().forEach(topic -> knownTopics.add(topic.id()));
  }

  public static Result validate(AnalystInput input, Analysis proposed) {
    return new AnalysisValidator(input).validate(proposed, input.maxAtoms());
  }

  private Result validate(Analysis proposed, int maxAtoms) {
    Set<String> topicKeys = new HashSet<>();
    List<TopicCandidate> topics = proposed.topics().stream().filter(topic -> accept(topic.name(), problem(topic)))
        .filter(topic -> accept(topic.name(), topicKeys.add(topic.key()) ? null : "duplicate")).toList();
    List<AtomCandidate> valid = proposed.atoms().stream().filter(atom -> accept(atom.title(), problem(atom))).toList();
    List<AtomCandidate> atoms = new ArrayList<>();
    Set<String> atomKeys = new HashSet<>();
    Map<String, String> said = new HashMap<>();
    for (AtomCandidate atom : valid) {
      String problem = atoms.size() >= maxAtoms ? "too_many" : isRepeated(atom, said) || !atomKeys.add(atom.key()) ? "duplicate" : null;
      if (accept(atom.title(), problem)) {
        atoms.add(atom.topic() == null || topicKeys.contains(atom.topic()) ? atom : withoutTopic(atom));
      }
    }
    List<LinkCandidate> links = proposed.links().stream().filter(link -> atomKeys.contains(link.from()) && atomKeys.contains(link.to())
        && !link.from().equals(link.to()) && link.strength() >= 0 && link.strength() <= 1).toList();
    return new Result(new Analysis(topics, atoms, links), refused);
  }

  /** Whether another atom of the topic has the same title. The same title and content are one atom with more quotes. */
  private static boolean isRepeated(AtomCandidate atom, Map<String, String> said) {
    String content = NormalizedText.keyOf(atom.content());
    String first = said.putIfAbsent(atom.topic() + "\n" + atom.type() + "\n" + NormalizedText.keyOf(atom.title()), content);
    return first != null && !first.equals(content);
  }

  private static AtomCandidate withoutTopic(AtomCandidate atom) {
    return new AtomCandidate(atom.key(), atom.type(), null, atom.title(), atom.content(), atom.confidence(), atom.quotes(), atom.reason());
  }

  private boolean accept(String item, @Nullable String problem) {
    if (problem != null) {
      refused.add(new Refusal(StorableText.truncate(StorableText.of(item), 300), problem));
    }
    return problem == null;
  }

  private @Nullable String problem(TopicCandidate topic) {
    if (!isText(topic.name(), Topic.MAX_NAME) || NormalizedText.of(topic.name()).isEmpty()) {
      return "topic_name";
    }
    if (topic.description().codePointCount(0, topic.description().length()) > Topic.MAX_DESCRIPTION
        || !StorableText.isStorable(topic.description())) {
      return "topic_description";
    }
    if (topic.existing() != null && !knownTopics.contains(topic.existing())) {
      return "unknown_topic";
    }
    if (!messages.keySet().containsAll(topic.messages())) {
      return "unknown_message";
    }
    return isFraction(topic.confidence()) ? null : "confidence";
  }

  private @Nullable String problem(AtomCandidate atom) {
    if (!isText(atom.title(), Atom.MAX_TITLE) || words(atom.title()).size() > MAX_TITLE_WORDS) {
      return "title";
    }
    if (!isText(atom.content(), Atom.MAX_CONTENT) || SENTENCE_END.splitAsStream(atom.content().strip()).count() > MAX_SENTENCES) {
      return "content";
    }
    if (!isFraction(atom.confidence())) {
      return "confidence";
    }
    String quoteProblem = problem(atom.quotes());
    return quoteProblem != null ? quoteProblem : problemOfWords(atom);
  }

  private static boolean isText(String text, int most) {
    return !text.isBlank() && text.codePointCount(0, text.length()) <= most && StorableText.isStorable(text);
  }

  private static boolean isFraction(double value) {
    return value >= 0 && value <= 1;
  }

  private @Nullable String problem(List<Quote> quotes) {
    if (quotes.isEmpty() || quotes.size() > MAX_QUOTES) {
      return "no_quote";
    }
    for (Quote quote : quotes) {
      AnalystMessage message = messages.get(quote.messageId());
      if (message == null) {
        return "unknown_message";
      }
      if (quote.start() < 0 || quote.start() >= quote.end() || quote.end() > message.text().length() || text(quote).isBlank()
          || !StorableText.isStorable(text(quote))) {
        return "made_up_quote";
      }
    }
    return null;
  }

  /** The quoted words. */
  private String text(Quote quote) {
    return Objects.requireNonNull(messages.get(quote.messageId())).text().substring(quote.start(), quote.end());
  }

  private @Nullable String problemOfWords(AtomCandidate atom) {
    String said = String.join("\n", atom.quotes().stream().map(this::text).toList());
    String claimed = atom.title() + "\n" + atom.content();
    if (!numbers(evidence(atom)).containsAll(numbers(claimed))) {
      return "number";
    }
    if (!normalizedWords(evidence(atom)).containsAll(names(claimed))) {
      return "name";
    }
    return atom.type() == AtomType.DECISION && isOnlyProposed(said) ? "modality" : null;
  }

  /** The quotes, and author and time of their messages: what an atom may speak of. */
  private String evidence(AtomCandidate atom) {
    StringBuilder all = new StringBuilder();
    for (Quote quote : atom.quotes()) {
      AnalystMessage message = Objects.requireNonNull(messages.get(quote.messageId()));
      all.append(text(quote)).append('\n').append(message.authorName()).append('\n')
          .append(message.sentAt().toString().replaceAll("[TZ]", " ")).append('\n');
    }
    return all.toString();
  }

  private static boolean isOnlyProposed(String said) {
    return (PROPOSAL.matcher(said).find() || said.strip().endsWith("?"))
        && STATEMENT.matcher(said).results().map(java.util.regex.MatchResult::group).noneMatch(AnalysisValidator::agrees);
  }

  private static boolean agrees(String statement) {
    return !statement.endsWith("?") && !PROPOSAL.matcher(statement).find()
        && AGREEMENT.matcher(NO_AGREEMENT.matcher(statement).replaceAll("")).find();
  }

  /** Whether two texts name the same numbers and share most of their words, so that one can stand for the other. */
  static boolean saysTheSame(String one, String other) {
    Set<String> shared = normalizedWords(one);
    Set<String> all = normalizedWords(other);
    all.addAll(shared);
    shared.retainAll(normalizedWords(other));
    return numbers(one).equals(numbers(other)) && shared.size() >= SAME_WORDS * all.size();
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new HashSet<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return numbers;
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(java.util.regex.MatchResult::group).toList();
  }

  private static Set<String> normalizedWords(String text) {
    Set<String> words = new HashSet<>();
    words(text).forEach(word -> words.add(NormalizedText.of(word)));
    return words;
  }

  /** Words in capitals that do not begin a sentence, or are names of participants: names of people, products and places. */
  private Set<String> names(String text) {
    Set<String> names = new HashSet<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word = NormalizedText.of(matcher.group());
      if (Character.isUpperCase(matcher.group().codePointAt(0))
          && (participants.contains(word) || !beginsSentence(text, matcher.start()))) {
        names.add(word);
      }
    }
    return names;
  }

  private static boolean beginsSentence(String text, int start) {
    String before = text.substring(0, start).stripTrailing();
    return before.isEmpty() || text.substring(before.length(), start).contains("\n")
        || ".!?…:–—-\"«“(".indexOf(before.charAt(before.length() - 1)) >= 0;
  }
}
