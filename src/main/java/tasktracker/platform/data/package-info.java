/** The way to PostgreSQL: connections, migrations, keys. */
@NullMarked
package tasktracker.platform.data;

import org.jspecify.annotations.NullMarked;
