/** API tokens. */
@NullMarked
package tasktracker.platform.security.token;

import org.jspecify.annotations.NullMarked;
