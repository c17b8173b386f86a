/** Lists jobs, and retries, cancels or discards them. */
@NullMarked
package tasktracker.platform.job.admin;

import org.jspecify.annotations.NullMarked;
