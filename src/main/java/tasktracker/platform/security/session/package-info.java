/** Sign-in, sessions and known devices. */
@NullMarked
package tasktracker.platform.security.session;

import org.jspecify.annotations.NullMarked;
