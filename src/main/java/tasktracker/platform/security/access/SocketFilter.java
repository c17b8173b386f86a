package tasktracker.platform.security.access;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.request.CrossOriginProtection;

/**
 * The filter of the socket endpoints (web.xml). It requires authentication and the same origin or a token, and limits the
 * rate. The endpoints accept only handshakes that have passed it ({@link SocketAuthorizer}).
 */
public class SocketFilter implements Filter {

  @Inject Identity identity;
  @Inject RequestAuthenticator authenticator;
  @Inject CrossOriginProtection origins;
  @Inject RateLimits limits;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
    admit((HttpServletRequest) request);
    chain.doFilter(request, response);
  }

  private void admit(HttpServletRequest request) {
    authenticator.count(identity.caller(), identity.address());
    Caller caller = identity.required();
    origins.requireOwnSocket(request, Credentials.of(request));
    limits.consume(RateLimits.Limit.SOCKET, RequestAuthenticator.keyOf(caller));
    identity.allowSocket();
  }
}
