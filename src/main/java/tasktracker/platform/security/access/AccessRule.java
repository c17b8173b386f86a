package tasktracker.platform.security.access;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.ManagesAccounts;
import tasktracker.platform.security.MaxBody;
import tasktracker.platform.security.Public;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.SessionOnly;
import tasktracker.platform.security.request.BoundedRequest;

/**
 * The access rule of a resource method, from its annotations; those on the method override those on its class. It depends
 * on the matched method only, never on the request, and denies by default: without an annotation, reading needs a reader
 * and changing needs a reviewer.
 *
 * @param isPublic true when no sign-in is needed
 * @param role the minimum role, when it is not public
 * @param limit an additional rate limit, or null
 * @param maxBody maximum bytes of the body, or {@link MaxBody#UPLOAD}
 * @param readsForm true when form fields are among its parameters
 */
public record AccessRule(boolean isPublic, Role role, boolean sessionOnly, boolean managesAccounts, RateLimits.@Nullable Limit limit,
    long maxBody, boolean readsForm) {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  public static AccessRule of(Method method, Class<?> type) {
    return new AccessRule(method.isAnnotationPresent(Public.class),
        find(method, type, Allowed.class).map(Allowed::value).orElse(isReading(method) ? Role.READER : Role.REVIEWER),
        find(method, type, SessionOnly.class).isPresent(), find(method, type, ManagesAccounts.class).isPresent(),
        find(method, type, RateLimited.class).map(RateLimited::value).orElse(null),
        Optional.ofNullable(method.getAnnotation(MaxBody.class)).map(MaxBody::value).orElse(BoundedRequest.DEFAULT_LIMIT),
        Arrays.stream(method.getParameters()).anyMatch(p -> p.isAnnotationPresent(FormParam.class)));
  }

  private static <A extends Annotation> Optional<A> find(Method method, Class<?> type, Class<A> annotation) {
    return Optional.ofNullable(method.getAnnotation(annotation)).or(() -> Optional.ofNullable(type.getAnnotation(annotation)));
  }

  /** Decided by the annotation of the method, not by the HTTP method of the request. */
  static boolean isReading(Method method) {
    Set<String> verbs = Arrays.stream(method.getAnnotations()).map(a -> a.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull).map(HttpMethod::value).collect(Collectors.toSet());
    return !verbs.isEmpty() && READING.containsAll(verbs);
  }
}
