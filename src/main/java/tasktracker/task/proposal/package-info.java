/** Proposed tasks with the words they rest on, and what people decided about them. */
@NullMarked
package tasktracker.task.proposal;

import org.jspecify.annotations.NullMarked;
