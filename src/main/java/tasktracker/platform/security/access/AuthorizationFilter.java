package tasktracker.platform.security.access;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.MaxBody;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.request.BoundedRequest;
import tasktracker.platform.security.request.ClientNetwork;
import tasktracker.platform.security.request.FormFields;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.problem.Problems;
import tasktracker.platform.web.template.ViewWriter;

/**
 * Enforces the {@link AccessRule} of the matched resource method. It runs after matching and before the body is read, so
 * the decision depends on the method that will be called and not on the spelling of the path.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class AuthorizationFilter implements ContainerRequestFilter {

  /** Request attribute that is set once a resource method was matched. */
  static final String MATCHED = AuthorizationFilter.class.getName() + ".matched";

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest request;
  @Inject private Identity identity;
  @Inject private RequestAuthenticator authenticator;
  @Inject private RateLimits limits;
  @Inject private SecurityConfig config;

  @Override
  public void filter(ContainerRequestContext context) {
    request.setAttribute(MATCHED, true);
    AccessRule rule = AccessRule.of(resource.getResourceMethod(), resource.getResourceClass());
    if (rule.isPublic()) {
      count(rule, ClientNetwork.of(identity.address()));
    } else {
      authorize(rule);
    }
    limitBody(rule, BoundedRequest.of(request));
    requireForm(rule);
  }

  /** With another media type, form parameters would be null instead of missing. */
  private void requireForm(AccessRule rule) {
    if (rule.readsForm() && request.getContentType() != null && !FormFields.isForm(request.getContentType())) {
      throw Problems.ofStatus(415);
    }
  }

  private void limitBody(AccessRule rule, BoundedRequest body) {
    if (rule.maxBody() == MaxBody.UPLOAD) {
      body.streamUpTo(config.uploadLimit());
    } else {
      body.limitTo(rule.maxBody());
    }
  }

  private void authorize(AccessRule rule) {
    Optional<Caller> caller = identity.caller();
    authenticator.count(caller, identity.address());
    Caller known = identity.required();
    request.setAttribute(ViewWriter.PREFERENCES, preferences(known));
    count(rule, RequestAuthenticator.keyOf(known));
    requireRole(rule.role(), known);
    requireScope(rule, known);
  }

  /** A program gets messages in the language that it asks for, and days in the zone of its account. */
  private Preferences preferences(Caller caller) {
    return RequestAuthenticator.isProgram(caller)
        ? Preferences.of(request).in(caller.preferences().timeZone())
        : caller.preferences();
  }

  private void count(AccessRule rule, String key) {
    if (rule.limit() != null) {
      limits.consume(rule.limit(), key);
    }
  }

  private static void requireRole(Role needed, Caller caller) {
    if (!caller.role().includes(needed)) {
      throw Problem.forbidden(LocalizedMessage.of("problem.role", translated(needed), translated(caller.role())));
    }
  }

  private static LocalizedMessage translated(Role role) {
    return LocalizedMessage.of("problem.role." + role.wire());
  }

  private static void requireScope(AccessRule rule, Caller caller) {
    if (RequestAuthenticator.isProgram(caller) && rule.sessionOnly()) {
      throw Problem.forbidden(LocalizedMessage.of("problem.session.only"));
    }
    if (RequestAuthenticator.isProgram(caller) && rule.managesAccounts() && !caller.managesAccounts()) {
      throw Problem.forbidden(LocalizedMessage.of("problem.scope.accounts"));
    }
  }
}
