/** The overview. */
@NullMarked
package tasktracker.summary;

import org.jspecify.annotations.NullMarked;
