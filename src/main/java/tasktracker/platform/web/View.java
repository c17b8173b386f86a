package tasktracker.platform.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page, or one fragment of it, to be rendered by Thymeleaf.
 *
 * @param template path below {@code WEB-INF/templates}, without {@code .html}
 * @param fragment name of the fragment to render alone, or null for the whole page
 * @param model what the template can see, beside what {@link Templates} gives to every page
 */
public record View(String template, @Nullable String fragment, Map<String, ?> model) {

  public static View page(String template, Map<String, ?> model) {
    return new View(template, null, model);
  }

  public static View fragment(String template, String fragment, Map<String, ?> model) {
    return new View(template, fragment, model);
  }
}
