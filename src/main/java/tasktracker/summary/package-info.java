/** The overview page. */
@NullMarked
package tasktracker.summary;

import org.jspecify.annotations.NullMarked;
