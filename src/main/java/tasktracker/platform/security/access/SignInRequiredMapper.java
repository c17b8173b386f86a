package tasktracker.platform.security.access;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tasktracker.platform.security.SignInRequired;

/** Maps {@link SignInRequired} to 401 for programs and a redirect for people. */
@Provider
public class SignInRequiredMapper implements ExceptionMapper<SignInRequired> {

  @Context private HttpServletRequest request;
  @Context private HttpServletResponse response;
  @Inject private ErrorResponses errors;

  @Override
  public Response toResponse(SignInRequired failure) {
    return errors.response(failure, request, response);
  }
}
