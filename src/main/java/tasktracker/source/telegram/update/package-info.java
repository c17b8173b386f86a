/** Receives updates of the Bot API by webhook or polling, and turns them into messages. */
@NullMarked
package tasktracker.source.telegram.update;

import org.jspecify.annotations.NullMarked;
