package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tasktracker.scoring.model.SectionedFile;

/** Writes the title of an atom: the sentence that matters, without greeting and marker, of at most twelve whole words. */
public final class TitleWriter {

  public static final int MAX_WORDS = 12;
  private static final int MIN_WORDS = 4;
  private static final int MAX_LENGTH = 160;
  private static final Pattern LINK = Pattern.compile("(?:https?://|www\\.)\\S++");
  /** A word as it is counted: a number with a point counts as two, so that a title is never too long. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’ʼ-]*+");
  private static final Pattern LEAD = Pattern.compile("^(?:[^\\p{L}\\p{N}«\"“(@#/$€₴~+<-]++|[-–—•*]++\\s++|\\d{1,2}[.)]\\s++)");
  private static final Pattern MENTION = Pattern.compile("^@[\\w.-]++[,:]?+\\s*+");
  private static final Pattern GREETING = Pattern.compile(
      "(?iu)^(?:hi|hello|hey|morning|good (?:morning|afternoon|evening)|привіт|вітаю|доброго (?:ранку|дня|вечора)|добрий (?:день|вечір)"
          + "|привет|здравствуйте|доброе утро|добрый (?:день|вечер))(?:\\s+(?:all|everyone|everybody|team|guys|folks|усім|всім|всем|друзі|колеги|друзья|коллеги|ребята))?\\s*[,.!:—-]+\\s*");
  private static final Pattern FILLER = Pattern.compile(
      "(?iu)^(?:ok(?:ay)?|so|well|oh|hm+|yes|no|yeah|and|but|also|btw|by the way|thanks|great|good|ок|отже|ну|так|ні|і|а|але|до речі|дякую|да|нет|и|но|кстати|спасибо)\\s*[,.:!—-]+\\s+");
  /** The name of whom a message addresses, or of whom minutes quote. */
  private static final Pattern ADDRESS = Pattern.compile("^@?(\\p{L}[\\p{L}\\p{N}_.-]{1,24})[,:]\\s+(?=\\S)");
  private static final Pattern BREAK = Pattern.compile("[,;:—–]\\s|\\s[-—–]\\s|\\s\\(");
  private static final Map<String, List<String>> MARKERS = SectionedFile.read("knowledge/markers.txt");
  private static final Pattern MARKER = marker();

  private TitleWriter() {}

  private static Pattern marker() {
    List<String> words = new ArrayList<>();
    MARKERS.values().forEach(words::addAll);
    words.sort(Comparator.comparingInt(String::length).reversed());
    return Pattern.compile("(?iu)^(" + String.join("|", words.stream().map(Pattern::quote).toList()) + ")\\s*[:—]\\s*(?=\\S)");
  }

  /** The section of the marker that the sentence begins with, such as {@code decision}, or an empty string. */
  static String markerOf(String sentence) {
    Matcher matcher = MARKER.matcher(stripLead(sentence));
    if (!matcher.find()) {
      return "";
    }
    String word = matcher.group(1).toLowerCase(Locale.ROOT);
    return MARKERS.entrySet().stream().filter(section -> section.getValue().contains(word)).map(Map.Entry::getKey).findFirst().orElse("");
  }

  /** The title. A sentence that was shortened ends with an ellipsis, so that a condition that is cut off is not forgotten. */
  public static String write(String sentence, Set<String> participants) {
    String rest = LINK.matcher(strip(sentence, participants)).replaceAll(" ").replaceAll("\\s+", " ").strip();
    return capitalize(trimEnd(shorten(rest)));
  }

  private static String stripLead(String sentence) {
    String rest = sentence.strip();
    Matcher lead = LEAD.matcher(rest);
    return lead.find() && lead.end() < rest.length() ? rest.substring(lead.end()) : rest;
  }

  /** Removes greetings, mentions, markers and fillers at the start, as often as they are there. */
  static String strip(String sentence, Set<String> participants) {
    String rest = stripLead(sentence);
    String before;
    do {
      before = rest;
      for (Pattern pattern : List.of(MENTION, GREETING, MARKER, FILLER)) {
        rest = removeStart(rest, pattern);
      }
      Matcher address = ADDRESS.matcher(rest);
      if (address.find() && participants.contains(address.group(1).toLowerCase(Locale.ROOT))) {
        rest = rest.substring(address.end());
      }
    } while (!rest.equals(before));
    return rest;
  }

  private static String removeStart(String text, Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() && matcher.end() < text.length() ? text.substring(matcher.end()) : text;
  }

  private static String shorten(String text) {
    List<Integer> ends = new ArrayList<>();
    int counted = 0;
    Matcher chunk = Pattern.compile("\\S+").matcher(text);
    while (chunk.find()) {
      int words = (int) WORD.matcher(chunk.group()).results().count();
      counted += words;
      // A dash between words is no word.
      if (words > 0 && counted <= MAX_WORDS) {
        ends.add(chunk.end());
      }
    }
    if (counted <= MAX_WORDS && text.length() <= MAX_LENGTH) {
      return text;
    }
    int limit = ends.isEmpty() ? 0 : Math.min(MAX_LENGTH, ends.getLast());
    int clause = lastClauseEnd(text, ends, limit);
    return clause > 0 ? trimEnd(text.substring(0, clause)) + "…" : cutAtWord(text, ends, limit);
  }

  /** The last end of a clause of at least four words before the limit, or 0. */
  private static int lastClauseEnd(String text, List<Integer> ends, int limit) {
    int found = 0;
    Matcher matcher = BREAK.matcher(text);
    while (matcher.find() && matcher.start() <= limit) {
      int at = matcher.start();
      boolean isConditional = text.regionMatches(true, 0, "if ", 0, 3) || text.regionMatches(true, 0, "якщо ", 0, 5)
          || text.regionMatches(true, 0, "если ", 0, 5);
      if (!isConditional && ends.stream().filter(end -> end <= at + 1).count() >= MIN_WORDS) {
        found = at;
      }
    }
    return found;
  }

  private static String cutAtWord(String text, List<Integer> ends, int limit) {
    int last = -1;
    for (int i = 0; i < ends.size() && ends.get(i) <= limit; i++) {
      last = i;
    }
    if (last < 0) {
      return "";
    }
    while (last > MIN_WORDS && isFunctionWord(text.substring(ends.get(last - 1), ends.get(last)))) {
      last--;
    }
    return trimEnd(text.substring(0, ends.get(last))) + "…";
  }

  private static boolean isFunctionWord(String word) {
    String bare = word.strip();
    return bare.length() <= 4 && Terms.isStopWord(bare);
  }

  private static String trimEnd(String text) {
    return text.replaceAll("[\\s.,;:–—-]+$", "");
  }

  private static String capitalize(String text) {
    int end = text.indexOf(' ');
    String first = end < 0 ? text : text.substring(0, end);
    boolean isPlainWord = !first.isEmpty() && first.chars().allMatch(c -> Character.isLetter(c) && Character.isLowerCase(c) || c == '\'');
    return isPlainWord ? Character.toUpperCase(text.charAt(0)) + text.substring(1) : text;
  }
}
