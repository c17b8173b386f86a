package tasktracker.platform.web.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a JSON body whose texts may contain any character: they are sanitized before they are stored
 * ({@link tasktracker.platform.data.StorableText}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SanitizedText {}
