/** Work on many items at once, where one item that cannot be done is set aside and fails nothing beside it. */
@NullMarked
package tasktracker.platform.batch;

import org.jspecify.annotations.NullMarked;
