/** The job engine: a table of jobs in PostgreSQL, and notifications on JetStream for its workers. */
@NullMarked
package tasktracker.platform.job;

import org.jspecify.annotations.NullMarked;
