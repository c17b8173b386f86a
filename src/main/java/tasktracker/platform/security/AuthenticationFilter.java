package tasktracker.platform.security;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import tasktracker.platform.log.LogContext;
import tasktracker.platform.trace.TraceSpan;
import tasktracker.platform.trace.RequestTracer;
import tasktracker.platform.web.HangUp;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Problems;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ViewWriter;

/**
 * Every request comes through here first, and is treated in the same way whatever its path, method and headers: it gets
 * its security headers and an id, {@link Identity} gets its credentials, its body gets a limit, and changes that a page
 * of another site asks for are refused. Who may call what is decided later, on what was matched: {@link
 * AuthorizationFilter} for resources, {@link SocketFilter} for sockets.
 */
public class AuthenticationFilter implements Filter {

  private static final System.Logger LOG = System.getLogger(AuthenticationFilter.class.getName());
  private static final String REQUEST_ID = AuthenticationFilter.class.getName() + ".requestId";

  @Inject Identity identity;
  @Inject CrossOriginProtection origins;
  @Inject TrustedProxies proxies;
  @Inject ErrorResponses errors;
  @Inject tasktracker.platform.metric.RequestMetrics measured;
  @Inject RequestTracer traces;

  @Override
  @SuppressWarnings("try") // open is all that the log's context has to be
  public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain) throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) in;
    HttpServletResponse response = (HttpServletResponse) out;
    String requestId = idOf(request);
    SecurityHeaders.put(request, response, requestId);
    boolean isErrorPage = request.getDispatcherType() == DispatcherType.ERROR;
    try (TraceSpan step = isErrorPage ? TraceSpan.UNTRACED : step(request, requestId);
        LogContext of = LogContext.ofRequest(requestId).tracedAs(step.traceId())) {
      if (isErrorPage) {
        chain.doFilter(request, response);
      } else {
        measure(request, response, chain, requestId, step);
      }
    }
  }

  /** Probes and assets come every few seconds, and nobody looks for them in traces. */
  private TraceSpan step(HttpServletRequest request, String requestId) {
    String path = request.getRequestURI();
    boolean isRoutine = path.startsWith("/assets/") || path.startsWith("/health") || path.equals("/api/health") || path.equals("/metrics");
    return isRoutine ? TraceSpan.UNTRACED : traces.request(request.getMethod(), request.getHeader("traceparent"), requestId);
  }

  /** A request that failed comes here again for its error page, and keeps its id. */
  private static String idOf(HttpServletRequest request) {
    if (request.getAttribute(REQUEST_ID) instanceof String id) {
      return id;
    }
    String id = ClientAddress.requestId(request);
    request.setAttribute(REQUEST_ID, id);
    return id;
  }

  private void measure(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String requestId, TraceSpan step)
      throws IOException, ServletException {
    long begun = System.nanoTime();
    try {
      chain.doFilter(begin(request, requestId), response);
    } catch (IOException | ServletException | RuntimeException failure) {
      end(failure, request, response);
    } finally {
      String route = measured.answered(request, response.getStatus(), System.nanoTime() - begun, requestId);
      step.answered(route, response.getStatus());
    }
  }

  private HttpServletRequest begin(HttpServletRequest request, String requestId) {
    Credentials credentials = Credentials.of(request);
    identity.begin(proxies.addressOf(request), requestId, credentials);
    // Of the browser's last page, until it is known who asks: also an error is told in a language that is understood.
    request.setAttribute(ViewWriter.PREFERENCES, Cookies.preferences(request));
    requireReadable(request);
    origins.requireOwnPage(request, credentials);
    return BoundedRequest.wrap(request);
  }

  private static void requireReadable(HttpServletRequest request) {
    if (AmbiguousPaths.isOne(request.getRequestURI()) || AmbiguousPaths.isHalfEncoded(request.getQueryString())) {
      throw Problem.badRequest(LocalizedMessage.of("problem.spelling"));
    }
    // Nothing here inflates bodies: what an encoded one holds would be known only when it is too late.
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new Problem(415, "Unsupported media type", LocalizedMessage.of("problem.encoding"));
    }
  }

  private void end(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
    if (response.isCommitted() && HangUp.isCauseOf(failure)) {
      LOG.log(Level.DEBUG, "Whoever asked hung up in the middle of the answer: {0}", failure.toString());
    } else if (failure instanceof IOException io) {
      throw io;
    } else {
      refuse(failure, request, response);
    }
  }

  private void refuse(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Problem problem = Problems.of(failure);
    if (response.isCommitted()) {
      throw new ServletException("Failed in the middle of an answer", failure);
    }
    response.resetBuffer();
    errors.write(problem, request, response);
  }
}
