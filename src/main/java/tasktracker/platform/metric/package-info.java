/** Metrics of the running product. */
@NullMarked
package tasktracker.platform.metric;

import org.jspecify.annotations.NullMarked;
