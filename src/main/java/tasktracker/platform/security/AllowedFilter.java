package tasktracker.platform.security;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Optional;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Saying;

/** Lets a resource be called only by the roles it is meant for. */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class AllowedFilter implements ContainerRequestFilter {

  @Context private ResourceInfo resource;
  @Inject private Identity identity;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!identity.isOpenToAll()) {
      requireRole(needed(resource.getResourceMethod(), resource.getResourceClass(), request.getMethod()));
    }
  }

  private void requireRole(Role needed) {
    if (!identity.required().role().includes(needed)) {
      throw Problem.forbidden(Saying.of("problem.role", named(needed), named(identity.role())));
    }
  }

  private static Saying named(Role role) {
    return Saying.of("problem.role." + role.wire());
  }

  static Role needed(Method method, Class<?> type, String verb) {
    return Optional.ofNullable(method.getAnnotation(Allowed.class))
        .or(() -> Optional.ofNullable(type.getAnnotation(Allowed.class)))
        .map(Allowed::value).orElse(Csrf.isSafe(verb) ? Role.READER : Role.REVIEWER);
  }
}
