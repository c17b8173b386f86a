package tasktracker.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ognl.OgnlRuntime;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.WebApplicationTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/**
 * Renders templates: pages, fragments of pages, and the same fragments for live updates, where there is no request.
 * Thread-safe.
 */
@ApplicationScoped
public class Templates {

  private final TemplateEngine engine = new TemplateEngine();
  private @Nullable Assets assets;

  protected Templates() {}

  @Inject
  public Templates(WebFiles files, Assets assets, Translations translations) {
    this.assets = assets;
    OgnlRuntime.setPropertyAccessor(Record.class, new RecordPropertyAccessor());
    engine.setTemplateResolver(resolver(files.servletContext()));
    engine.setMessageResolver(new TranslationMessageResolver(translations));
    engine.setLinkBuilder(new RootLinkBuilder());
  }

  private static WebApplicationTemplateResolver resolver(ServletContext servlets) {
    var resolver = new WebApplicationTemplateResolver(JakartaServletWebApplication.buildApplication(servlets));
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
    context.setVariable("assets", assets);
    context.setVariable("asof", Instant.now());
    var html = new TimedWriter(deadline);
    engine.process(template, fragment == null ? null : Set.of(fragment), context, html);
    return html.toString();
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
