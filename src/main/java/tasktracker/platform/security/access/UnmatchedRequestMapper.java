package tasktracker.platform.security.access;

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
import tasktracker.platform.security.Identity;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.problem.Problems;

/**
 * Responds to requests without a matching resource method, which do not reach {@link AuthorizationFilter}. They are rate
 * limited like all others, and require authentication before a 404.
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

  /** 405 and 415 need no authentication, because they help to set up a webhook. */
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
