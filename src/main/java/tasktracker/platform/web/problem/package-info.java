/** Problem documents (RFC 9457) and error pages. */
@NullMarked
package tasktracker.platform.web.problem;

import org.jspecify.annotations.NullMarked;
