package tasktracker.platform.web.template;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cache of the HTML of parts of pages that seldom differ, such as the menu. A part is rendered from its language and the
 * named variables alone, and kept under them, so it cannot contain what belongs to another request. Thread-safe.
 */
final class PartCache {

  /** Maximum characters of HTML in the cache; the menu has about six thousand. */
  private static final int MAX_CHARACTERS = 4 << 20;
  /** In development, templates are read anew for each page. */
  private static final boolean IS_CACHING = !Boolean.getBoolean("tasktracker.dev");

  /** What a part depends on; the values must have {@code equals} and {@code hashCode} and never change. */
  record Part(String template, String fragment, Locale locale, Map<String, @Nullable Object> variables) {}

  private final Cache<Part, String> rendered = Caffeine.newBuilder().maximumWeight(MAX_CHARACTERS)
      .weigher((Part part, String html) -> html.length()).build();
  private final Function<Part, String> renderer;

  PartCache(Function<Part, String> renderer) {
    this.renderer = renderer;
  }

  /** The parts of one page, as its templates see them: {@code parts}. */
  Parts of(Locale locale, Map<String, ?> model) {
    return new Parts(locale, model);
  }

  /** The methods that templates call. */
  public final class Parts {

    private final Locale locale;
    private final Map<String, ?> model;

    private Parts(Locale locale, Map<String, ?> model) {
      this.locale = locale;
      this.model = model;
    }

    /**
     * The HTML of a fragment.
     *
     * @param variables names of the variables of the page that it depends on, with commas between them
     */
    public String html(String template, String fragment, String variables) {
      Part part = new Part(template, fragment, locale, pick(variables));
      return IS_CACHING ? rendered.get(part, renderer) : renderer.apply(part);
    }

    private Map<String, @Nullable Object> pick(String names) {
      Map<String, @Nullable Object> picked = new HashMap<>();
      for (String name : names.split(",")) {
        picked.put(name, model.get(name));
      }
      return Collections.unmodifiableMap(picked);
    }
  }
}
