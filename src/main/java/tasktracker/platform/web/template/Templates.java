package tasktracker.platform.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ognl.OgnlRuntime;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.WebApplicationTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;
import org.thymeleaf.templateresource.StringTemplateResource;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.StateBadges;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.ValueFormats;
import tasktracker.platform.web.problem.Problem;

/**
 * Renders templates: pages, fragments of pages, and the same fragments for live updates, where there is no request.
 * Thread-safe.
 */
@ApplicationScoped
public class Templates {

  private static final StateBadges BADGES = new StateBadges();
  private final TemplateEngine engine = new TemplateEngine();
  private final Assets assets;
  private final PartCache parts = new PartCache(part -> render(part.template(), part.fragment(), part.locale(), part.variables()));

  @Inject
  public Templates(WebFiles files, Assets assets, Translations translations) {
    this.assets = assets;
    OgnlRuntime.setPropertyAccessor(Record.class, new RecordPropertyAccessor());
    engine.setTemplateResolver(resolver(files.servletContext()));
    engine.setMessageResolver(new TranslationMessageResolver(translations));
    engine.setLinkBuilder(new RootLinkBuilder());
  }

  private static WebApplicationTemplateResolver resolver(ServletContext servlets) {
    var resolver = new UnindentedTemplates(servlets);
    resolver.setPrefix("/WEB-INF/templates/");
    resolver.setSuffix(".html");
    resolver.setTemplateMode(TemplateMode.HTML);
    // Allows a page to include an optional fragment of another package: ~{…} ?: _
    resolver.setCheckExistence(true);
    resolver.setCacheable(!Boolean.getBoolean("tasktracker.dev"));
    return resolver;
  }

  /**
   * Renders a view for a request, with the variables of all {@link PageVariables}.
   *
   * @throws Problem 503 when it takes longer than {@link Deadline#ofRendering()} allows
   */
  public String render(View view, Locale locale, Instance<PageVariables> variables) {
    Map<String, Object> model = new HashMap<>();
    variables.forEach(v -> v.addTo(model));
    model.putAll(view.model());
    return render(view.template(), view.fragment(), locale, model);
  }

  /** Renders a fragment that does not depend on the user, for live updates. */
  public String render(String template, @Nullable String fragment, Locale locale, Map<String, ?> model) {
    return render(template, fragment, locale, model, Deadline.ofRendering());
  }

  String render(String template, @Nullable String fragment, Locale locale, Map<String, ?> model, Deadline deadline) {
    var context = new Context(locale, new HashMap<>(model));
    context.setVariable("parts", parts.of(locale, model));
    context.setVariable("assets", assets);
    context.setVariable("format", new ValueFormats(zoneOf(model)));
    context.setVariable("badges", BADGES);
    context.setVariable("asof", Instant.now());
    var html = new TimedWriter(deadline);
    engine.process(template, fragment == null ? null : Set.of(fragment), context, html);
    return html.toString();
  }

  /** A page has the preferences of its viewer. What is cached and pushed has none. */
  private static ZoneId zoneOf(Map<String, ?> model) {
    return model.get("prefs") instanceof Preferences viewer ? viewer.timeZone() : TimeZones.UTC;
  }

  /** Resolves templates without the indentation of their lines, which would only make pages larger. */
  private static final class UnindentedTemplates extends WebApplicationTemplateResolver {

    UnindentedTemplates(ServletContext servlets) {
      super(JakartaServletWebApplication.buildApplication(servlets));
    }

    @Override
    protected ITemplateResource computeTemplateResource(IEngineConfiguration configuration, @Nullable String owner, String template,
        String name, String encoding, Map<String, Object> attributes) {
      ITemplateResource file = super.computeTemplateResource(configuration, owner, template, name, encoding, attributes);
      return file.exists() ? new StringTemplateResource(removeIndentation(file)) : file;
    }

    private static String removeIndentation(ITemplateResource file) {
      try (Reader reader = file.reader()) {
        return new BufferedReader(reader).lines().map(String::stripLeading).collect(Collectors.joining("\n"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Collects the output of a template, and aborts rendering with an exception once the deadline is past. */
  private static final class TimedWriter extends StringWriter {
    private final Deadline deadline;

    TimedWriter(Deadline deadline) {
      this.deadline = deadline;
    }

    @Override
    public void write(int c) {
      deadline.check();
      super.write(c);
    }

    @Override
    public void write(char[] text, int offset, int length) {
      deadline.check();
      super.write(text, offset, length);
    }

    @Override
    public void write(String text) {
      deadline.check();
      super.write(text);
    }

    @Override
    public void write(String text, int offset, int length) {
      deadline.check();
      super.write(text, offset, length);
    }
  }
}
