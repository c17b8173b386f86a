/** The job ledger in PostgreSQL and the tickets on JetStream that wake its workers. */
@NullMarked
package tasktracker.platform.job;

import org.jspecify.annotations.NullMarked;
