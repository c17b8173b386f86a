/** The job engine: a ledger of jobs in PostgreSQL, and notifications on JetStream for its workers. */
@NullMarked
package tasktracker.platform.job;

import org.jspecify.annotations.NullMarked;
