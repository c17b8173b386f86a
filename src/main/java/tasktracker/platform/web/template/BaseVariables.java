package tasktracker.platform.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import tasktracker.platform.web.BuildInfo;
import tasktracker.platform.web.Preferences;

/** Variables of every page: {@code page}, {@code section}, {@code prefs} and {@code build}. */
@ApplicationScoped
public class BaseVariables implements PageVariables {

  private final HttpServletRequest request;

  @Inject
  public BaseVariables(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public void addTo(Map<String, Object> model) {
    String query = request.getQueryString();
    var page = new PageAddress(request.getRequestURI(), query == null ? "" : query);
    model.put("page", page);
    model.put("section", page.section());
    model.put("build", BuildInfo.CURRENT);
    model.put("prefs", Preferences.of(request));
  }

  /** Path and query string of the current page. */
  public record PageAddress(String path, String query) {

    private static final Pattern ID = Pattern.compile("/[0-9a-fA-F-]{36}(?:/.*)?$");

    /** Path with query string, to come back to. */
    public String address() {
      return query.isEmpty() ? path : path + "?" + query;
    }

    /** The page without the id of a single item, which the menu does not lead to, and without its query. */
    public PageAddress section() {
      return new PageAddress(ID.matcher(path).replaceFirst(""), "");
    }

    /** Returns whether this is exactly the page. */
    public boolean is(String address) {
      return path.equals(address);
    }

    /** Returns whether the current page is this page or one below it. */
    public boolean under(String root) {
      return root.equals("/") ? path.equals("/") : path.equals(root) || path.startsWith(root + "/");
    }
  }
}
