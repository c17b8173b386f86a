package tasktracker.platform.security;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a resource method, as its annotations say; those on the method count more than those on its class. It is
 * worked out from the method that was matched, never from the request, and denies by default: without any annotation
 * reading takes a reader and changing a reviewer.
 *
 * @param isPublic nobody needs to sign in
 * @param role the least role, where it is not public
 * @param limit what is counted beside all requests, if anything
 * @param maxBody bytes of the body, or {@link MaxBody#UPLOAD}
 * @param readsForm whether fields of a form are among its parameters
 */
record AccessRule(boolean isPublic, Role role, boolean sessionOnly, boolean managesAccounts, RateLimits.@Nullable Limit limit,
    long maxBody, boolean readsForm) {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  static AccessRule of(Method method, Class<?> type) {
    return new AccessRule(method.isAnnotationPresent(Public.class),
        find(method, type, Allowed.class).map(Allowed::value).orElse(isReading(method) ? Role.READER : Role.REVIEWER),
        find(method, type, SessionOnly.class).isPresent(), find(method, type, ManagesAccounts.class).isPresent(),
        find(method, type, RateLimited.class).map(RateLimited::value).orElse(null),
        Optional.ofNullable(method.getAnnotation(MaxBody.class)).map(MaxBody::value).orElse(BoundedRequest.USUAL_LIMIT),
        Arrays.stream(method.getParameters()).anyMatch(p -> p.isAnnotationPresent(FormParam.class)));
  }

  private static <A extends Annotation> Optional<A> find(Method method, Class<?> type, Class<A> annotation) {
    return Optional.ofNullable(method.getAnnotation(annotation)).or(() -> Optional.ofNullable(type.getAnnotation(annotation)));
  }

  /** By the method's own designator: what a request says of its method is not asked. */
  static boolean isReading(Method method) {
    Set<String> verbs = Arrays.stream(method.getAnnotations()).map(a -> a.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull).map(HttpMethod::value).collect(Collectors.toSet());
    return !verbs.isEmpty() && READING.containsAll(verbs);
  }
}
