package tasktracker.platform.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.message.feed.RenderedRowCache;
import tasktracker.platform.security.account.CurrentUserVariables;
import tasktracker.platform.web.template.Assets;
import tasktracker.platform.web.template.BaseVariables;
import tasktracker.platform.web.template.Templates;
import tasktracker.platform.web.template.Translations;
import tasktracker.platform.web.template.WebFiles;

/**
 * Renders templates with sample data and without the server, for work on the design: {@code /show/<template>?theme=dark
 * &language=uk}. Tests use {@link #render} to render every page in both languages.
 */
public final class TemplatePreview {

  private static final Path WEBAPP = Path.of("src/main/webapp");
  private final WebFiles files = new WebFiles();
  private final Assets assets = new Assets(files);
  private final Templates templates;

  public TemplatePreview() {
    files.open(servlets());
    templates = new Templates(files, assets, new Translations());
  }

  /** The engine that renders them. */
  public Templates templates() {
    return templates;
  }

  /** Renders a page with these preferences. */
  public String render(String template, Map<String, ?> model, Preferences preferences) {
    Map<String, Object> all = new HashMap<>(Map.of("prefs", preferences,
        "page", new BaseVariables.PageAddress("/" + template, ""), "section", new BaseVariables.PageAddress("/" + template, ""), "me",
        new CurrentUserVariables.Me("Olena", "admin", true, true),
        "rows", new RenderedRowCache(templates)));
    all.putAll(model);
    if (all.get("me") instanceof CurrentUserVariables.Me me) {
      me.addTo(all);
    }
    return templates.render(template, null, preferences.locale(), all);
  }

  /** Renders a fragment for a live update: without request and user. */
  public String fragment(String template, String fragment, Locale locale, Map<String, ?> model) {
    return templates.render(template, fragment, locale, model);
  }

  private static ServletContext servlets() {
    return (ServletContext) Proxy.newProxyInstance(TemplatePreview.class.getClassLoader(), new Class<?>[]{ServletContext.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "getResourceAsStream" -> open(String.valueOf(arguments[0]));
          case "getResourcePaths" -> paths(String.valueOf(arguments[0]));
          case "getContextPath" -> "";
          case "getResource" -> resource(String.valueOf(arguments[0]));
          case "hashCode" -> 1;
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  private static Set<String> paths(String folder) throws IOException {
    try (var files = Files.list(WEBAPP.resolve(folder.substring(1)))) {
      return files.map(file -> folder + file.getFileName() + (Files.isDirectory(file) ? "/" : "")).collect(Collectors.toSet());
    }
  }

  private static @Nullable URL resource(String path) throws IOException {
    Path file = WEBAPP.resolve(path.substring(1));
    return Files.exists(file) ? file.toUri().toURL() : null;
  }

  private static @Nullable InputStream open(String path) {
    Path file = WEBAPP.resolve(path.substring(1));
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves the preview on port 8099, or the given port. */
  public static void main(String[] arguments) throws IOException {
    System.setProperty("tasktracker.dev", "true");
    var room = new TemplatePreview();
    var server = HttpServer.create(new InetSocketAddress(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8099), 0);
    server.createContext("/show/", exchange -> respond(exchange, "text/html; charset=utf-8", room.renderPage(exchange)));
    server.createContext("/assets/", room::sendAsset);
    server.start();
  }

  private byte[] renderPage(HttpExchange exchange) {
    String template = exchange.getRequestURI().getPath().substring("/show/".length());
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    try {
      Map<String, Object> model = new HashMap<>(SampleModels.of(template, query));
      return render(String.valueOf(model.getOrDefault("template", template)), model, preferences(query)).getBytes(StandardCharsets.UTF_8);
    } catch (RuntimeException | LinkageError e) {
      e.printStackTrace();
      return e.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static Preferences preferences(String query) {
    return new Preferences(query.contains("uk") ? "uk" : "en",
        query.contains("dark") ? "dark" : "light", query.contains("compact") ? "compact" : "comfortable", true);
  }

  private void sendAsset(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^/assets/(?:[0-9a-f]{12}/)?", "");
    Optional<Assets.Asset> sendAsset = assets.find(path);
    respond(exchange, sendAsset.map(Assets.Asset::mediaType).orElse("text/plain"), sendAsset.map(Assets.Asset::bytes).orElse(new byte[0]));
  }

  private static void respond(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
