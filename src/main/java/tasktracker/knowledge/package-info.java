/** Topics and atoms: what a team knows and decided, with the words it rests on. */
@NullMarked
package tasktracker.knowledge;

import org.jspecify.annotations.NullMarked;
