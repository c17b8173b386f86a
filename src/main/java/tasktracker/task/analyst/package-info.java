/** Finds work that was agreed in messages: the port of all task analysts. Nothing here writes. */
@NullMarked
package tasktracker.task.analyst;

import org.jspecify.annotations.NullMarked;
