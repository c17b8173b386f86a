/** Who is asking, and whether they may. */
@NullMarked
package tasktracker.platform.security;

import org.jspecify.annotations.NullMarked;
