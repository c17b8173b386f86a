/** Finding by word and by meaning. */
@NullMarked
package tasktracker.search;

import org.jspecify.annotations.NullMarked;
