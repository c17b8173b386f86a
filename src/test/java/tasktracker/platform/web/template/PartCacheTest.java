package tasktracker.platform.web.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parts of pages are shared by the requests that would render the same, and by no others. */
class PartCacheTest {

  private final List<PartCache.Part> rendered = new ArrayList<>();
  private final PartCache cache = new PartCache(part -> {
    rendered.add(part);
    return part.toString();
  });

  private String menu(Locale locale, Map<String, ?> model) {
    return cache.of(locale, model).html("_nav", "nav", "me,count");
  }

  @Test
  void aPartIsRenderedOnceForTheSameValues() {
    String first = menu(Locale.ENGLISH, Map.of("me", "olena", "count", 3L, "page", "/atoms"));
    assertThat(menu(Locale.ENGLISH, Map.of("me", "olena", "count", 3L, "page", "/topics"))).isEqualTo(first);
    assertThat(rendered).hasSize(1);
  }

  @Test
  void itIsRenderedFromTheNamedVariablesAlone() {
    menu(Locale.ENGLISH, Map.of("me", "olena", "secret", "of another request"));
    Map<String, Object> expected = new HashMap<>(Map.of("me", "olena"));
    expected.put("count", null);
    assertThat(rendered).singleElement().satisfies(part -> assertThat(part.variables()).isEqualTo(expected));
  }

  @Test
  void anotherValueOrLanguageIsRenderedAnew() {
    menu(Locale.ENGLISH, Map.of("me", "olena", "count", 3L));
    menu(Locale.ENGLISH, Map.of("me", "kevin", "count", 3L));
    menu(Locale.ENGLISH, Map.of("me", "olena", "count", 4L));
    menu(Locale.of("uk"), Map.of("me", "olena", "count", 3L));
    assertThat(rendered).hasSize(4);
  }

  @Test
  void theMenuIsTheSameForTheItemsOfAList() {
    String id = "0193a1b2-0000-7000-8000-000000000001";
    assertThat(new BaseVariables.PageAddress("/messages/" + id, "q=x").section())
        .isEqualTo(new BaseVariables.PageAddress("/messages", ""))
        .isEqualTo(new BaseVariables.PageAddress("/messages/" + id + "/text", "").section());
    assertThat(new BaseVariables.PageAddress("/system/jobs", "").section().path()).isEqualTo("/system/jobs");
  }
}
