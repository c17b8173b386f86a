package tasktracker.platform.web.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page, or one fragment of it, that Thymeleaf renders.
 *
 * @param template path below {@code WEB-INF/templates}, without {@code .html}
 * @param fragment name of the fragment to render alone, or null for the whole page
 * @param model variables of the template, in addition to those that {@link Templates} adds to every page
 */
public record View(String template, @Nullable String fragment, Map<String, ?> model) {

  /** A whole page. */
  public static View page(String template, Map<String, ?> model) {
    return new View(template, null, model);
  }

  /** One fragment of a page, as the answer to a request of htmx. */
  public static View fragment(String template, String fragment, Map<String, ?> model) {
    return new View(template, fragment, model);
  }
}
