package tasktracker.platform.security.access;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
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
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.request.AmbiguousPaths;
import tasktracker.platform.security.request.BoundedRequest;
import tasktracker.platform.security.request.ClientAddress;
import tasktracker.platform.security.request.Cookies;
import tasktracker.platform.security.request.CrossOriginProtection;
import tasktracker.platform.security.request.SecurityHeaders;
import tasktracker.platform.security.request.TrustedProxies;
import tasktracker.platform.web.HangUp;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.problem.Problems;
import tasktracker.platform.web.template.ViewWriter;

/**
 * The first filter of every request, whatever its path, method and headers. It sets the security headers and the request id,
 * passes the credentials to {@link Identity}, limits the body, and refuses cross-origin changes. Authorization follows after
 * matching: by {@link AuthorizationFilter} for resources, and by {@link SocketFilter} for sockets.
 */
public class AuthenticationFilter implements Filter {

  private static final System.Logger LOG = System.getLogger(AuthenticationFilter.class.getName());
  private static final String REQUEST_ID = AuthenticationFilter.class.getName() + ".requestId";

  @Inject Identity identity;
  @Inject CrossOriginProtection origins;
  @Inject TrustedProxies proxies;
  @Inject ErrorResponses errors;
  @Inject tasktracker.platform.metric.RequestMetrics measured;
  @Inject RequestTracer tracer;

  @Override
  public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain) throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) in;
    HttpServletResponse response = (HttpServletResponse) out;
    String requestId = idOf(request);
    SecurityHeaders.put(request, response, requestId);
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      showError(request, response, chain, requestId);
    } else {
      trace(request, response, chain, requestId);
    }
  }

  @SuppressWarnings("try") // the log context only has to be open
  private static void showError(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String requestId)
      throws IOException, ServletException {
    try (LogContext of = LogContext.ofRequest(requestId).tracedAs(Span.current().getSpanContext())) {
      chain.doFilter(request, response);
    }
  }

  @SuppressWarnings("try") // the scope and the log context only have to be open
  private void trace(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String requestId)
      throws IOException, ServletException {
    Span span = tracer.start(request, requestId);
    try (Scope current = span.makeCurrent(); LogContext of = LogContext.ofRequest(requestId).tracedAs(span.getSpanContext())) {
      measure(request, response, chain, requestId, span);
    } finally {
      span.end();
    }
  }

  /** The error dispatch of a failed request keeps the id of the request. */
  private static String idOf(HttpServletRequest request) {
    if (request.getAttribute(REQUEST_ID) instanceof String id) {
      return id;
    }
    String id = ClientAddress.requestId(request);
    request.setAttribute(REQUEST_ID, id);
    return id;
  }

  private void measure(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String requestId, Span span)
      throws IOException, ServletException {
    long startNs = System.nanoTime();
    try {
      chain.doFilter(begin(request, requestId), response);
    } catch (IOException | ServletException | RuntimeException failure) {
      end(failure, request, response);
    } finally {
      String route = measured.answered(request, response.getStatus(), System.nanoTime() - startNs, requestId);
      tracer.answered(span, request, route, response.getStatus());
    }
  }

  private HttpServletRequest begin(HttpServletRequest request, String requestId) {
    Credentials credentials = Credentials.of(request);
    identity.begin(proxies.addressOf(request), requestId, credentials);
    // The preferences of the cookie apply until the caller is known, so that error pages have the right language.
    request.setAttribute(ViewWriter.PREFERENCES, Cookies.preferences(request));
    requireUnambiguous(request);
    origins.requireOwnPage(request, credentials);
    return BoundedRequest.wrap(request);
  }

  private static void requireUnambiguous(HttpServletRequest request) {
    if (AmbiguousPaths.isOne(request.getRequestURI()) || AmbiguousPaths.isHalfEncoded(request.getQueryString())) {
      throw Problem.badRequest(LocalizedMessage.of("problem.spelling"));
    }
    // Bodies are never decompressed, because their real size would be known too late.
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new Problem(415, "Unsupported media type", LocalizedMessage.of("problem.encoding"));
    }
  }

  private void end(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
    if (response.isCommitted() && HangUp.isCauseOf(failure)) {
      LOG.log(Level.DEBUG, "The client closed the connection during the response: {0}", failure.toString());
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
      throw new ServletException("The request failed after its response was committed", failure);
    }
    response.resetBuffer();
    errors.write(problem, request, response);
  }
}
