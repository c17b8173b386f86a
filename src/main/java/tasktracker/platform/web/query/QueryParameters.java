package tasktracker.platform.web.query;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares the query parameters that a resource method, all methods of a class, or a type that reads a {@link Query} may
 * read, in addition to those of {@code @QueryParam}. The API refuses all others, and {@link Query} does not read them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface QueryParameters {

  /** Names of parameters that may be given once. */
  String[] value() default {};

  /** Names of parameters that may be repeated. */
  String[] repeatable() default {};

  /** Types that read parameters for this method; each is annotated itself. */
  Class<?>[] of() default {};
}
