package tasktracker.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import tasktracker.platform.security.request.BoundedRequest;

/** The maximum bytes of the request body, where it is not {@link BoundedRequest#DEFAULT_LIMIT}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MaxBody {

  /** The method streams the body. The limit is the setting MAX_UPLOAD plus one mebibyte for the multipart form. */
  long UPLOAD = -1;

  long value();
}
