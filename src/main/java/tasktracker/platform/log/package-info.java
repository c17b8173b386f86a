/** What each record of the log says of where it belongs. */
@NullMarked
package tasktracker.platform.log;

import org.jspecify.annotations.NullMarked;
