/** What operators look at: health, jobs, the system. */
@NullMarked
package tasktracker.ops;

import org.jspecify.annotations.NullMarked;
