/** The task analyst that needs no language model: requests, promises and assignments by phrases and forms of verbs. */
@NullMarked
package tasktracker.task.builtin;

import org.jspecify.annotations.NullMarked;
