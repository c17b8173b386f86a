package tasktracker.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares what a resource method that returns a {@link jakarta.ws.rs.core.Response} answers, for the description of the API. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ResponseType {

  /** The type of the body; {@code void} for none. */
  Class<?> value() default void.class;

  /** The status. */
  int status();
}
