/** Declared query parameters and their conversion. */
@NullMarked
package tasktracker.platform.web.query;

import org.jspecify.annotations.NullMarked;
