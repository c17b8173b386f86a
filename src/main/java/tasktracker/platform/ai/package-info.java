/** Models, behind ports. */
@NullMarked
package tasktracker.platform.ai;

import org.jspecify.annotations.NullMarked;
