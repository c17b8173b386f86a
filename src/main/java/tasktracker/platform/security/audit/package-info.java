/** The audit log. */
@NullMarked
package tasktracker.platform.security.audit;

import org.jspecify.annotations.NullMarked;
