package tasktracker.platform.security;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Problems;

/**
 * Answers requests for which no resource method was found, and which {@link AuthorizationFilter} therefore never saw:
 * they are counted like all others, and what there is not is told only to those who have signed in.
 */
@Provider
public class UnmatchedRequestMapper implements ExceptionMapper<ClientErrorException> {

  @Context private HttpServletRequest request;
  @Context private HttpServletResponse response;
  @Inject private Identity identity;
  @Inject private RequestAuthenticator authenticator;
  @Inject private ErrorResponses errors;

  @Override
  public Response toResponse(ClientErrorException failure) {
    return errors.response(problem(failure), request, response);
  }

  /** That an address takes another method or kind of body is told to everybody: it helps who sets up a webhook. */
  private void requireSignIn(ClientErrorException failure) {
    if (!(failure instanceof NotAllowedException || failure instanceof NotSupportedException)) {
      identity.required();
    }
  }

  private Problem problem(ClientErrorException failure) {
    try {
      if (request.getAttribute(AuthorizationFilter.MATCHED) == null) {
        authenticator.count(identity.caller(), identity.address());
        requireSignIn(failure);
      }
      return Problems.of(failure);
    } catch (RuntimeException refused) {
      return Problems.of(refused);
    }
  }
}
