/** Tasks: the work a team agreed on, with the words that it comes from. */
@NullMarked
package tasktracker.task;

import org.jspecify.annotations.NullMarked;
