/** Renders views with Thymeleaf, words in the reader's language, and the static files. */
@NullMarked
package tasktracker.platform.web.template;

import org.jspecify.annotations.NullMarked;
