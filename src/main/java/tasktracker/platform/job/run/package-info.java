/** Runs jobs on this node: dispatch, claims, leases, heartbeat, retries and completion. */
@NullMarked
package tasktracker.platform.job.run;

import org.jspecify.annotations.NullMarked;
