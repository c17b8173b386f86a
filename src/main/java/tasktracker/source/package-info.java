/** Where messages come from. */
@NullMarked
package tasktracker.source;

import org.jspecify.annotations.NullMarked;
