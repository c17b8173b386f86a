/** Access to PostgreSQL and NATS: connections, transactions, migrations, keys. */
@NullMarked
package tasktracker.platform.data;

import org.jspecify.annotations.NullMarked;
