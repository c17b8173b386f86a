/** Deletes, restores and purges messages in the background. */
@NullMarked
package tasktracker.message.deletion;

import org.jspecify.annotations.NullMarked;
