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
import org.jspecify.annotations.Nullable;
import tasktracker.platform.log.LogContext;
import tasktracker.platform.trace.Step;
import tasktracker.platform.trace.Traces;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Problems;
import tasktracker.platform.web.Saying;

/**
 * Every request comes through here: who asks, whether this address asks for a sign-in, whether a change is asked for
 * by a page of ours, and what the browser must not do with the answer. Which roles may what is {@link AllowedFilter}'s.
 */
public class Door implements Filter {

  private static final String REQUEST_ID = Door.class.getName() + ".requestId";

  @Inject Identity identity;
  @Inject Entry entry;
  @Inject Csrf csrf;
  @Inject UploadTickets tickets;
  @Inject RateLimits limits;
  @Inject Refusals refusals;
  @Inject tasktracker.platform.metric.Requests measured;
  @Inject Traces traces;

  @Override
  @SuppressWarnings("try") // open is all that the log's context has to be
  public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain) throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) in;
    HttpServletResponse response = (HttpServletResponse) out;
    String requestId = idOf(request);
    SecurityHeaders.put(request, response, requestId);
    boolean isErrorPage = request.getDispatcherType() == DispatcherType.ERROR;
    try (Step step = isErrorPage ? Step.UNTRACED : step(request, requestId);
        LogContext of = LogContext.ofRequest(requestId).tracedAs(step.traceId())) {
      if (isErrorPage) {
        chain.doFilter(request, response);
      } else {
        let(request, response, chain, requestId, step);
      }
    }
  }

  /** Probes come every few seconds, and nobody looks for them. */
  private Step step(HttpServletRequest request, String requestId) {
    String path = request.getRequestURI();
    return PublicPaths.isProbe(path) || PublicPaths.isAsset(path) ? Step.UNTRACED
        : traces.request(request.getMethod(), request.getHeader("traceparent"), requestId);
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

  private void let(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String requestId, Step step)
      throws IOException, ServletException {
    long begun = System.nanoTime();
    try {
      identity.enter(ClientAddress.of(request), requestId, PublicPaths.isPublic(request));
      chain.doFilter(admit(request, response), response);
    } catch (ServletException | RuntimeException failure) {
      refuse(failure, request, response);
    } finally {
      String route = measured.answered(request, response.getStatus(), System.nanoTime() - begun, requestId);
      step.answered(route, response.getStatus());
    }
  }

  private void refuse(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Problem problem = Problems.of(failure);
    if (response.isCommitted()) {
      throw new ServletException("Failed in the middle of an answer", failure);
    }
    response.resetBuffer();
    refusals.answer(problem, request, response);
  }

  private HttpServletRequest admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getRequestURI();
    if (PublicPaths.isTrick(request)) {
      throw Problem.badRequest(Saying.of("problem.spelling"));
    }
    if (PublicPaths.needsNobody(path)) {
      return withoutSession(request, path);
    }
    entry.identify(request, response);
    entry.count(request);
    if (!identity.isOpenToAll()) {
      identity.required();
    }
    return isUpgrade(request) ? socket(request) : Csrf.isSafe(request.getMethod()) ? request : change(request);
  }

  private HttpServletRequest withoutSession(HttpServletRequest request, String path) {
    if (path.startsWith("/webhook/")) {
      limits.spend(RateLimits.Limit.WEBHOOK, identity.address());
    }
    if (!identity.isOpenToAll()) {
      identity.required();
    }
    return request;
  }

  private boolean isProgram() {
    return identity.caller().filter(c -> c.how() == Caller.How.TOKEN).isPresent();
  }

  static boolean isUpgrade(HttpServletRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  /** Browsers open sockets to anywhere and send cookies along, so for them it is the origin that counts. */
  private HttpServletRequest socket(HttpServletRequest request) {
    @Nullable String origin = request.getHeader("Origin");
    if (origin == null ? !isProgram() : !csrf.isOwn(origin, request) && !csrf.isAllowed(origin)) {
      throw Problem.forbidden("A page of this origin may not listen here.");
    }
    return request;
  }

  private HttpServletRequest change(HttpServletRequest request) throws IOException {
    return SmallBody.required(isProgram() ? request : fromOurPage(request));
  }

  private HttpServletRequest fromOurPage(HttpServletRequest request) throws IOException {
    csrf.requireOwnPage(request);
    @Nullable String header = request.getHeader(Csrf.HEADER);
    if (header == null && FormBody.isForm(request)) {
      FormBody form = FormBody.of(request);
      csrf.requireToken(form.inBody(Csrf.FIELD), expectedToken(request));
      return form;
    }
    if (header != null || !tickets.redeem(request, identity)) {
      csrf.requireToken(header, expectedToken(request));
    }
    return request;
  }

  /** The sign-in form's token stays good when another tab has signed in meanwhile. */
  private String expectedToken(HttpServletRequest request) {
    return request.getRequestURI().equals("/sign-in")
        ? Cookies.read(request, Cookies.VISITOR).map(Csrf::tokenOf).orElse("") : identity.csrfToken();
  }
}
