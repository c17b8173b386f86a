/** Events that programs and open pages hear as they happen. */
@NullMarked
package tasktracker.platform.live;

import org.jspecify.annotations.NullMarked;
