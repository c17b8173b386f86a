/** Topics: named themes of the discussion. */
@NullMarked
package tasktracker.knowledge.topic;

import org.jspecify.annotations.NullMarked;
