package tasktracker.platform.security;

import tasktracker.platform.web.problem.Problem;

/** Authentication is required: 401 for programs, a redirect to the sign-in page for people. */
public class SignInRequired extends Problem {
  private static final long serialVersionUID = 1L;

  public SignInRequired(String detail) {
    super(401, "Unauthorized", detail);
  }

  public SignInRequired() {
    this("This address is for people who have signed in and programs with a token.");
  }
}
