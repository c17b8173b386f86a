/** Operations: health, metrics, jobs. */
@NullMarked
package tasktracker.ops;

import org.jspecify.annotations.NullMarked;
