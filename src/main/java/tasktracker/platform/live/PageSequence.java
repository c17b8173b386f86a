package tasktracker.platform.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.PageVariables;

/**
 * Tells every page which event was the last before it was made, as {@code seq}. Its socket resumes from there, so that
 * nothing falls between the moment a page read the database and the moment it began to listen.
 */
@ApplicationScoped
public class PageSequence implements PageVariables {

  private static final String SEEN = "tasktracker.live.seen";
  private @Nullable HttpServletRequest request;

  protected PageSequence() {}

  @Inject
  public PageSequence(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public void addTo(Map<String, Object> model) {
    Object seen = request.getAttribute(SEEN);
    model.put("seq", seen == null ? 0L : seen);
  }

  /** Notes the number before anything is read for the request. */
  public static class Noting implements Filter {

    @Inject private EventHub hub;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      request.setAttribute(SEEN, hub.seen());
      chain.doFilter(request, response);
    }
  }
}
