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
import tasktracker.platform.web.template.PageVariables;

/**
 * Gives every page the sequence number of the latest event before it was rendered, as {@code seq}. The page's socket
 * resumes from there, so no event is lost between reading the database and subscribing.
 */
@ApplicationScoped
public class PageSequence implements PageVariables {

  private static final String ATTRIBUTE = "tasktracker.live.seen";
  private final HttpServletRequest request;

  @Inject
  public PageSequence(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public void addTo(Map<String, Object> model) {
    Object sequence = request.getAttribute(ATTRIBUTE);
    model.put("seq", sequence == null ? 0L : sequence);
  }

  /** Records the sequence number before the request reads any data. */
  public static class RecordingFilter implements Filter {

    @Inject private EventHub hub;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      request.setAttribute(ATTRIBUTE, hub.lastSequence());
      chain.doFilter(request, response);
    }
  }
}
