package tasktracker.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * What people write about a project. Texts are stripped; repeated and empty keywords are left out.
 *
 * @param keywords words by which messages are recognised, at least one
 * @param glossary terms and their definitions
 * @param criticalKeywords words that make a task critical
 * @param highKeywords words that give a task high priority
 * @param pmPersonId the project manager, or null
 * @param language {@code en}, {@code uk}, {@code ru}, or null for that of the messages
 */
public record ProjectFields(String name, String description, List<String> keywords, Map<String, String> glossary,
    List<Component> components, List<String> criticalKeywords, List<String> highKeywords, List<UUID> defaultAssigneeIds,
    @Nullable UUID pmPersonId, @Nullable String language, boolean isActive) {

  private static final int MAX_NAME = 200;
  private static final int MAX_TEXT = 5000;
  private static final int MAX_WORD = 100;
  private static final int MAX_WORDS = 200;
  private static final int MAX_TERMS = 500;
  private static final int MAX_PEOPLE = 50;
  private static final Set<String> LANGUAGES = Set.of("en", "uk", "ru");

  /** @throws Problem 422 when a value is not allowed, 400 without keywords */
  public ProjectFields {
    name = text(name, "name", MAX_NAME);
    require(!name.isEmpty(), "problem.project.name", MAX_NAME);
    description = text(description, "description", MAX_TEXT);
    keywords = words(keywords);
    if (keywords.isEmpty()) {
      throw Problem.badRequest(LocalizedMessage.of("problem.project.keywords"));
    }
    glossary = terms(glossary);
    components = parts(components);
    criticalKeywords = words(criticalKeywords);
    highKeywords = words(highKeywords);
    defaultAssigneeIds = List.copyOf(new LinkedHashSet<>(defaultAssigneeIds));
    require(defaultAssigneeIds.size() <= MAX_PEOPLE, "problem.project.many", MAX_PEOPLE);
    require(language == null || LANGUAGES.contains(language), "problem.project.language");
  }

  private static String text(String value, String field, int most) {
    String stripped = value.strip();
    require(stripped.codePointCount(0, stripped.length()) <= most && StorableText.isStorable(stripped), "problem.project.text", field,
        most);
    return stripped;
  }

  private static List<String> words(List<String> given) {
    Set<String> words = new LinkedHashSet<>();
    given.forEach(word -> words.add(text(word, "keywords", MAX_WORD)));
    words.remove("");
    require(words.size() <= MAX_WORDS, "problem.project.many", MAX_WORDS);
    return List.copyOf(words);
  }

  private static Map<String, String> terms(Map<String, String> given) {
    Map<String, String> terms = new LinkedHashMap<>();
    given.forEach((term, definition) -> terms.put(text(term, "glossary", MAX_WORD), text(definition, "glossary", MAX_TEXT)));
    terms.remove("");
    require(terms.size() <= MAX_TERMS, "problem.project.many", MAX_TERMS);
    return terms;
  }

  private static List<Component> parts(List<Component> given) {
    List<Component> parts = new ArrayList<>();
    for (Component part : given) {
      String name = text(part.name(), "components", MAX_WORD);
      if (!name.isEmpty()) {
        parts.add(new Component(name, words(part.keywords())));
      }
    }
    require(parts.size() <= MAX_WORDS, "problem.project.many", MAX_WORDS);
    return List.copyOf(parts);
  }

  private static void require(boolean isAllowed, String key, Object... parameters) {
    if (!isAllowed) {
      throw Problem.unprocessable(LocalizedMessage.of(key, parameters));
    }
  }

  /** Whether words or rules differ, so that the version grows and messages are classified again. */
  boolean hasOtherRules(ProjectFields other) {
    return !keywords.equals(other.keywords) || !glossary.equals(other.glossary) || !components.equals(other.components)
        || !criticalKeywords.equals(other.criticalKeywords) || !highKeywords.equals(other.highKeywords);
  }
}
