package tasktracker.knowledge.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** Icons and colours of topics. */
public final class TopicIcons {

  private static final String DEFAULT_ICON = "folder";
  private static final Pattern HEX = Pattern.compile("#?([0-9A-Fa-f]{6})");
  private static final Map<String, String> COLORS = Map.ofEntries(Map.entry("briefcase", "#3B82F6"), Map.entry("cart", "#10B981"),
      Map.entry("bulb", "#F59E0B"), Map.entry("cap", "#A855F7"), Map.entry("heart", "#F43F5E"), Map.entry("currency", "#22C55E"),
      Map.entry("home", "#06B6D4"), Map.entry("globe", "#0EA5E9"), Map.entry("code", "#8B5CF6"), Map.entry("calendar", "#F97316"),
      Map.entry("book", "#6366F1"), Map.entry("note", "#EC4899"), Map.entry("check", "#14B8A6"), Map.entry("flag", "#EF4444"),
      Map.entry("folder", "#64748B"), Map.entry("user", "#D946EF"));
  private static final Map<String, String> NAMED = Map.ofEntries(Map.entry("blue", "#3B82F6"), Map.entry("emerald", "#10B981"),
      Map.entry("amber", "#F59E0B"), Map.entry("purple", "#A855F7"), Map.entry("rose", "#F43F5E"), Map.entry("green", "#22C55E"),
      Map.entry("cyan", "#06B6D4"), Map.entry("sky", "#0EA5E9"), Map.entry("violet", "#8B5CF6"), Map.entry("orange", "#F97316"),
      Map.entry("indigo", "#6366F1"), Map.entry("pink", "#EC4899"), Map.entry("teal", "#14B8A6"), Map.entry("red", "#EF4444"),
      Map.entry("slate", "#64748B"), Map.entry("fuchsia", "#D946EF"));
  private static final Map<String, List<String>> KEYWORDS = keywords();

  private TopicIcons() {}

  /** In the order in which they are tried; the first keyword that the text contains decides. */
  private static Map<String, List<String>> keywords() {
    Map<String, List<String>> words = new LinkedHashMap<>();
    words.put("cart", List.of("shopping", "purchase", "buy", "store", "покуп", "магазин"));
    words.put("bulb", List.of("brainstorm", "creative", "innovation", "ideas", "ідеї", "идеи"));
    words.put("cap", List.of("learning", "education", "training", "study", "course", "навчан", "обучен"));
    words.put("heart", List.of("fitness", "wellness", "medical", "health", "здоров"));
    words.put("currency", List.of("finance", "budget", "investment", "money", "invoice", "payment", "бюджет", "рахун", "оплат", "платеж"));
    words.put("home", List.of("apartment", "house", "home", "hotel", "квартир", "готел", "отел"));
    words.put("globe", List.of("vacation", "journey", "travel", "trip", "відпустк", "отпуск", "подорож"));
    words.put("calendar", List.of("meeting", "calendar", "schedule", "event", "зустріч", "встреч", "календар", "розклад"));
    words.put("book", List.of("reading", "literature", "book", "книг"));
    words.put("code", List.of("programming", "development", "software", "code review", "code", "api", "release", "sync", "android", "ios",
        "postgres", "розробк", "разработк", "реліз", "релиз"));
    words.put("briefcase", List.of("office", "career", "work", "job", "робот", "работ"));
    words.put("user", List.of("private", "personal", "self", "customer", "support", "підтримк", "поддержк", "клієнт", "клиент"));
    words.put(DEFAULT_ICON, List.of("project", "folder", "проєкт", "проект"));
    words.put("flag", List.of("goal", "target", "objective", "incident", "ціл", "цель", "інцидент", "инцидент"));
    words.put("note", List.of("music", "audio", "sound", "музик"));
    words.put("check", List.of("task", "todo", "завдан", "задач"));
    return words;
  }

  /** The icon for a text. */
  public static String iconOf(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return KEYWORDS.entrySet().stream().filter(icon -> icon.getValue().stream().anyMatch(lower::contains)).map(Map.Entry::getKey)
        .findFirst().orElse(DEFAULT_ICON);
  }

  /** The colour of an icon, such as {@code #64748B}. */
  public static String colorOf(String icon) {
    return COLORS.getOrDefault(icon, "#64748B");
  }

  /** All icons, sorted. */
  public static Set<String> all() {
    return new TreeSet<>(COLORS.keySet());
  }

  /** @throws Problem 422 for an unknown icon */
  static String requireIcon(String icon) {
    if (!COLORS.containsKey(icon)) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.topic.icon", String.join(", ", all())));
    }
    return icon;
  }

  /**
   * A colour in upper case with its number sign, from six hexadecimal digits or one of 16 names; an unknown name is slate.
   *
   * @throws Problem 422 for a malformed number
   */
  public static String parseColor(String color) {
    var hex = HEX.matcher(color.strip());
    if (hex.matches()) {
      return "#" + hex.group(1).toUpperCase(Locale.ROOT);
    }
    if (color.strip().startsWith("#")) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.topic.color"));
    }
    return NAMED.getOrDefault(color.strip().toLowerCase(Locale.ROOT), "#64748B");
  }
}
