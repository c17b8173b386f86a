/** Versions of topics and atoms, and decisions of people, which can be undone. */
@NullMarked
package tasktracker.knowledge.version;

import org.jspecify.annotations.NullMarked;
