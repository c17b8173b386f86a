package tasktracker.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A JSON body whose texts are kept whatever they hold: who keeps them mends them
 * ({@link tasktracker.platform.data.StorableText}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SanitizedText {}
