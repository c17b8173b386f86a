package tasktracker.scoring.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds markers with which people say what a message is: {@code ACTION:}, {@code TODO}, {@code Рішення:}. They are not
 * searched for in code and quotations. A marker that is negated, empty or asked about does not count.
 */
public final class ExplicitMarkers {

  /** A marker as written, and the aspect that it declares. */
  public record Marker(Aspect aspect, String words) {}

  // The patterns match in linear time: quantifiers are possessive or bounded, and a quotation ends at the next opening mark.
  static final Pattern QUOTATION = Pattern.compile("\"[^\"\\n]{0,300}+\"|«[^«»\\n]{0,300}+»|[“„][^“”„\\n]{0,300}+[“”]");
  static final Pattern SENTENCE_END = Pattern.compile("\\n|(?<=[.!?;…])[ \\t]");
  static final Pattern PREFIX = Pattern.compile("[ \\t]*+(?:\\d{1,3}[.)][ \\t]*+)?+[^\\p{L}\\p{N}/\"'<>«»“”„`\\\\]*+");
  static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’ʼ/-]*+");
  /** What may stand between a marker of a task and its colon: the owner, or a note in brackets. */
  static final Pattern OWNER = Pattern.compile("\\s*+(?:[(\\[][^)\\]]{0,40}+[)\\]]|@[^\\s:]{1,40}+|"
      + "(?:for|on|to|для|на)\\s[^\\s:]{1,30}+(?:\\s[^\\s:]{1,30}+)?+)");
  /** The same after a marker in capitals, where a name is enough: "ACTION Olena Koval: send the report". */
  static final Pattern NAMED_OWNER = Pattern.compile("\\s++\\p{Lu}[\\p{L}-]{0,30}+(?:\\s\\p{Lu}[\\p{L}-]{0,30}+)?+");
  private static final Pattern CLAUSE = Pattern.compile("(?iU),? (?:that|to|що|что|\\p{L}{2,30}(?:ти|тися|тись|ть|ться|чь))(?!\\p{L})");
  private static final Pattern COLON = Pattern.compile("[*_)\\]]{0,3}+\\s{0,3}+[*_]{0,3}+(?:[:：]|(?<=\\s)[-–—]\\s)");
  private static final List<String> ACTION_ITEM = List.of("action", "item");
  private static final List<String> ACTION_ITEMS = List.of("action", "items", "for");
  private static final int MIN_ITEM_WORDS = 5;
  private static final int MAX_SENTENCE_WORDS = 100;
  private static final int MAX_WORDS = 8;
  private static final int MIN_WORDS_AFTER_KEY = 3;
  private static final int MIN_STATEMENT_WORDS = 2;

  private final List<Marker> markers;
  private final Set<String> clauseStarts;
  private final Set<String> statementStarts;
  private final Set<String> openings;
  private final Set<String> todoTopics;
  private final Set<String> nothing;
  private final Set<String> undeclared;

  ExplicitMarkers() {
    Map<String, List<String>> sections = SectionedFile.read("scoring/markers.txt");
    markers = Stream.of(Aspect.ASK_OR_PROMISE, Aspect.DECISION)
        .flatMap(aspect -> Objects.requireNonNull(sections.get(aspect.wire())).stream().map(words -> new Marker(aspect, words)))
        .sorted(Comparator.comparingInt(marker -> -marker.words().length())).toList();
    clauseStarts = words(sections, "clause");
    statementStarts = words(sections, "statement");
    openings = words(sections, "opening");
    todoTopics = words(sections, "todo_topic");
    nothing = words(sections, "nothing");
    undeclared = words(sections, "undeclared");
  }

  private static Set<String> words(Map<String, List<String>> sections, String name) {
    return new HashSet<>(Objects.requireNonNull(sections.get(name), () -> "The file has no section [" + name + "]"));
  }

  /** Finds the first marker of the text. */
  public Optional<Marker> find(String text) {
    String plain = text.indexOf('`') < 0 ? text : Tokenizer.CODE.matcher(text).replaceAll(" ` ");
    return plain.lines().filter(line -> !line.stripLeading().startsWith(">")).map(line -> QUOTATION.matcher(line).replaceAll("\"…\""))
        .flatMap(SENTENCE_END::splitAsStream).flatMap(sentence -> findInSentence(sentence).stream()).findFirst();
  }

  private Optional<Marker> findInSentence(String sentence) {
    Matcher prefix = PREFIX.matcher(sentence);
    String start = prefix.lookingAt() ? sentence.substring(prefix.end()) : sentence;
    return findBeforeColon(start).or(() -> findTodo(start)).or(() -> findStatement(start)).or(() -> findActionItem(sentence));
  }

  private Optional<Marker> findBeforeColon(String start) {
    return markers.stream().filter(marker -> startsWith(start, marker.words())).findFirst()
        .map(marker -> new Marker(marker.aspect(), start.substring(0, marker.words().length())))
        .filter(marker -> declares(marker, start.substring(marker.words().length())));
  }

  private static boolean startsWith(String start, String words) {
    return start.regionMatches(true, 0, words, 0, words.length())
        && (start.length() == words.length() || !Character.isLetterOrDigit(start.charAt(words.length())));
  }

  /** Whether a colon and a content follow the marker. A decision that ends with a question mark is a proposal. */
  private boolean declares(Marker marker, String rest) {
    String colon = marker.aspect() == Aspect.ASK_OR_PROMISE ? skipOwner(marker.words(), rest) : rest;
    return COLON.matcher(colon).lookingAt() && isContent(colon, marker.words())
        && (marker.aspect() != Aspect.DECISION || !isQuestion(rest));
  }

  private String skipOwner(String written, String rest) {
    Matcher owner = OWNER.matcher(rest);
    if (owner.lookingAt()) {
      return rest.substring(owner.end());
    }
    Matcher name = NAMED_OWNER.matcher(rest);
    boolean isName = isCapital(written) && name.lookingAt() && !todoTopics.contains(findWords(name.group()).getFirst());
    return isName ? rest.substring(name.end()) : rest;
  }

  /** Whether the text says something. After a marker in lower case, which is also a key of settings and logs, three words do. */
  private boolean isContent(String text, String written) {
    List<String> words = findWords(text);
    boolean isKey = Character.isLowerCase(written.charAt(0)) && !written.startsWith("todo");
    return (!isKey || words.size() >= MIN_WORDS_AFTER_KEY)
        && words.stream().anyMatch(word -> Character.isLetter(word.charAt(0)) && word.length() > 1)
        && !(words.size() <= 2 && nothing.contains(words.getFirst()));
  }

  private static List<String> findWords(String text) {
    return findWords(text, MAX_WORDS);
  }

  private static List<String> findWords(String text, int limit) {
    return WORD.matcher(text).results().limit(limit).map(word -> word.group().toLowerCase(Locale.ROOT).replace('’', '\'')).toList();
  }

  private static boolean isQuestion(String sentence) {
    return sentence.stripTrailing().endsWith("?");
  }

  private Optional<Marker> findTodo(String start) {
    boolean isTodo = start.startsWith("TODO ") && !isQuestion(start);
    List<String> words = isTodo ? findWords(start.substring("TODO".length())) : List.of();
    return words.isEmpty() || todoTopics.contains(words.getFirst()) || nothing.contains(words.getFirst())
        ? Optional.empty()
        : Optional.of(new Marker(Aspect.ASK_OR_PROMISE, "TODO"));
  }

  /** Finds a decision without a colon: "Домовились зустрітись у вівторок", "AGREED to meet on Tuesday". */
  private Optional<Marker> findStatement(String start) {
    String rest = skipOpenings(start);
    Matcher first = WORD.matcher(rest);
    if (!first.lookingAt() || isQuestion(rest)) {
      return Optional.empty();
    }
    String word = first.group().toLowerCase(Locale.ROOT);
    String after = rest.substring(first.end());
    boolean isStatement = statementStarts.contains(word) && findWords(after).size() >= MIN_STATEMENT_WORDS;
    // An English verb also begins ordinary sentences: "Agreed, that is odd".
    boolean isMarker = Script.of(word) == Script.CYRILLIC || isCapital(first.group());
    boolean isClause = isMarker && clauseStarts.contains(word) && CLAUSE.matcher(after).lookingAt();
    return isStatement || isClause ? Optional.of(new Marker(Aspect.DECISION, first.group())) : Optional.empty();
  }

  private static boolean isCapital(String words) {
    return words.equals(words.toUpperCase(Locale.ROOT));
  }

  private String skipOpenings(String start) {
    String rest = start;
    Matcher word = WORD.matcher(rest);
    while (word.lookingAt() && openings.contains(word.group().toLowerCase(Locale.ROOT))) {
      rest = rest.substring(word.end()).stripLeading();
      rest = rest.startsWith(",") ? rest.substring(1).stripLeading() : rest;
      word = WORD.matcher(rest);
    }
    return rest;
  }

  /** Finds "action item" within a sentence, unless it is a topic of talk or none is declared. */
  private Optional<Marker> findActionItem(String sentence) {
    if (!sentence.toLowerCase(Locale.ROOT).contains("action ") || isQuestion(sentence)) {
      return Optional.empty();
    }
    List<String> words = findWords(sentence, MAX_SENTENCE_WORDS);
    int item = Collections.indexOfSubList(words, ACTION_ITEM);
    item = item < 0 ? Collections.indexOfSubList(words, ACTION_ITEMS) : item;
    return item < 0 || words.size() < MIN_ITEM_WORDS || words.stream().anyMatch(this::isUndeclared)
        ? Optional.empty()
        : Optional.of(new Marker(Aspect.ASK_OR_PROMISE, String.join(" ", words.subList(item, item + 2))));
  }

  private boolean isUndeclared(String word) {
    return undeclared.contains(word) || word.endsWith("n't");
  }
}
