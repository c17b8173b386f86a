/** Chat messages: storing them idempotently, listing, showing and deleting them. */
@NullMarked
package tasktracker.message;

import org.jspecify.annotations.NullMarked;
