package tasktracker.platform.security;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Stands before the socket endpoints (web.xml): who opens one has signed in, comes from a page of ours or is a program,
 * and does not do so too often. The endpoints take only handshakes that came through here ({@link SocketAuthorizer}).
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
    limits.spend(RateLimits.Limit.SOCKET, RequestAuthenticator.keyOf(caller));
    identity.allowListening();
  }
}
