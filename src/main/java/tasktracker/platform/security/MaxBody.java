package tasktracker.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How long the body of a request may be, in bytes, where it is not {@link BoundedRequest#USUAL_LIMIT}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MaxBody {

  /** The method streams the body and ends it at the setting MAX_UPLOAD; the request adds a mebibyte for the form around it. */
  long UPLOAD = -1;

  long value();
}
