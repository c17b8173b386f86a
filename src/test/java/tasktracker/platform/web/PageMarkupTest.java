package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.message.feed.RenderedRowCache;

/** Rules for all templates, styles and scripts. */
public class PageMarkupTest {

  private static final Path ASSETS = Path.of("src/main/webapp/assets");
  private static final Path TEMPLATES = Path.of("src/main/webapp/WEB-INF/templates");
  private static final Pattern ATTRIBUTE = Pattern.compile("(th:[\\w:-]+)=\"([^\"]*)\"");
  /** A key of the words that a value completes: {@code #{${'shell.class.' + name}}}. */
  private static final Pattern VARIABLE_KEY = Pattern.compile("#\\{\\$\\{'[\\w.]+' \\+ [\\w.()\\[\\]]+(?: \\+ '[\\w.]+')?\\}");
  private static final Pattern TEXT = Pattern.compile("'[^']*'");
  private static final List<Pattern> LOGIC = Stream
      .of("#(?!locale)\\w+\\.", "\\s[+*/%-]\\s", "\\?[^,:?]+\\?(?!:)", "\\?[^,?]+:[^,?]+\\?(?!:)",
          "\\b(?:and|or)\\b.*\\b(?:and|or)\\b")
      .map(Pattern::compile).toList();
  private static final Pattern TOKEN = Pattern.compile("--([a-z0-9-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");

  @Test
  void templatesComplyWithTheContentSecurityPolicy() {
    templates().forEach((path, html) -> {
      assertThat(html).as(path + " has no inline style").doesNotContainPattern("\\sstyle=|th:style|<style");
      assertThat(html).as(path + " has no inline script").doesNotContainPattern("<script(?![^>]*src=)|\\son[a-z]+=\"|hx-on|javascript:");
      assertThat(html).as(path + " prints no markup of others").doesNotContainPattern("\\[\\(")
          .as("only markup that a template rendered before")
          .doesNotContainPattern("th:utext=\"(?!\\$\\{(?:rows\\.(?:list|replacements)|parts\\.html)\\()");
    });
  }

  @Test
  void templatesContainNoLogic() {
    templates().forEach((path, html) -> {
      ATTRIBUTE.matcher(html).results().forEach(a -> assertThat(logicIn(a.group(1), a.group(2)))
          .as("%s: %s=\"%s\" computes; give the view record a method, or ValueFormats a format", path, a.group(1), a.group(2)).isFalse());
      html.lines().forEach(line -> assertThat(line.length()).as("%s: wrap %s", path, line).isLessThanOrEqualTo(140));
    });
  }

  /** Arithmetic, joined texts, nested conditions, more than one and/or, or Thymeleaf's utilities. */
  private static boolean logicIn(String attribute, String expression) {
    boolean joinsText = Set.of("th:text", "th:title", "th:aria-label").contains(attribute) && expression.contains("|");
    String code = TEXT.matcher(VARIABLE_KEY.matcher(expression).replaceAll("#{key")).replaceAll("''");
    return joinsText || LOGIC.stream().anyMatch(pattern -> pattern.matcher(code).find());
  }

  @Test
  void everyIconOfATemplateExists() throws IOException {
    String sheet = Files.readString(ASSETS.resolve("icons.svg"));
    templates().forEach((path, html) -> Pattern.compile("(?:icon|empty)\\('([a-z_-]+)'|(?:badge|note|toast)\\('[a-z]*', '([a-z_-]+)'")
        .matcher(html).results()
        .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
        .forEach(icon -> assertThat(sheet).as(path).contains("<symbol id=\"" + icon + "\"")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void textHasEnoughContrastInBothThemes(int theme) throws IOException {
    Map<String, String> colours = new TreeMap<>();
    TOKEN.matcher(Files.readString(ASSETS.resolve("app.css"))).results().forEach(t -> colours.put(t.group(1), t.group(theme + 1)));
    for (String kind : List.of("ok", "bad", "warn", "info", "violet", "orange", "neutral", "accent", "mark")) {
      assertThat(contrast(colours.get(kind), colours.get(kind + "-bg"))).as("badge %s", kind).isGreaterThanOrEqualTo(4.5);
    }
    for (String text : List.of("ink", "ink-2", "muted", "link")) {
      for (String ground : List.of("canvas", "surface", "sunken", "raised", "hover", "press", "selected")) {
        assertThat(contrast(colours.get(text), colours.get(ground))).as("%s on %s", text, ground).isGreaterThanOrEqualTo(4.5);
      }
    }
    assertThat(contrast(colours.get("on-primary"), colours.get("primary"))).isGreaterThanOrEqualTo(4.5);
    assertThat(contrast(colours.get("on-primary"), colours.get("primary-hover"))).isGreaterThanOrEqualTo(4.5);
    assertThat(contrast(colours.get("field"), colours.get("surface"))).as("borders of inputs").isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void everyPageRendersAndEscapesHostileText(String language) {
    TemplatePreview showroom = new TemplatePreview();
    for (String page : List.of("message/list?open", "message/list?filtered", "message/list?none", "overview/page", "overview/empty",
        "error/problem?500", "error/problem")) {
      String html = showroom.render(page.split("\\?")[0], SampleModels.of(page.split("\\?")[0], page),
          new Preferences(language, "dark", "compact", true));
      assertThat(html).as(page).contains("<html lang=\"" + language + "\"", "data-theme=\"dark\"").doesNotContain("??", "<script>alert",
          "<b>not bold", "href=\"javascript");
    }
  }

  @Test
  void pushedFragmentsHaveAnIdOfThePage() {
    TemplatePreview showroom = new TemplatePreview();
    assertThat(showroom.fragment("message/_feed", "pill", Locale.ENGLISH, Map.of("quiet", false)))
        .contains("id=\"messages-new\"", "hx-swap-oob=\"true\"").doesNotContain("hidden=\"hidden\"");
    assertThat(new RenderedRowCache(showroom.templates()).replacements(SampleModels.rows(), Locale.forLanguageTag("uk")))
        .contains("<template><tr", "id=\"msg-00000000-0000-0007-0000-000000000001\"", "hx-swap-oob=\"true\"", "Сигнал")
        .doesNotContain("<script>alert");
  }

  /** Contrast of two colours as WCAG 2.1 defines it, 1 to 21. */
  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static Map<String, String> templates() {
    Map<String, String> templates = new TreeMap<>();
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      files.filter(f -> f.toString().endsWith(".html")).forEach(f -> templates.put(TEMPLATES.relativize(f).toString(), read(f)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return templates;
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
