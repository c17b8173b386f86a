/** Pages and API of analysis runs, proposals and tasks. */
@NullMarked
package tasktracker.task.review;

import org.jspecify.annotations.NullMarked;
