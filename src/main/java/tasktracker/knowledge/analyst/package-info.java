/** Finds topics and atoms in messages: the port of all analysts, and the built-in one. Nothing here writes. */
@NullMarked
package tasktracker.knowledge.analyst;

import org.jspecify.annotations.NullMarked;
