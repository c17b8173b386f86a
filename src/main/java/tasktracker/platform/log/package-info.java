/** Context of log records. */
@NullMarked
package tasktracker.platform.log;

import org.jspecify.annotations.NullMarked;
