/** Authentication, authorization, accounts, rate limits and the audit log. */
@NullMarked
package tasktracker.platform.security;

import org.jspecify.annotations.NullMarked;
