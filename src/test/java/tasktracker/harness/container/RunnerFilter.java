package tasktracker.harness.container;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Lets Arquillian's requests to its own servlet past the product's authentication. Deployed by tests only.
 */
public final class RunnerFilter implements Filter {
  static final String RUNNER = "/ArquillianServletRunnerEE9";

  /** A forward does not come to filters of requests, so the authentication filter never sees it. */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (RUNNER.equals(((HttpServletRequest) request).getServletPath())) {
      request.getRequestDispatcher(RUNNER).forward(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
