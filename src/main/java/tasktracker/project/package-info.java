/** Projects of the team, and which messages belong to them. */
@NullMarked
package tasktracker.project;

import org.jspecify.annotations.NullMarked;
