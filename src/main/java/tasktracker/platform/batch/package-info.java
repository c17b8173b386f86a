/** Work in batches: an item that fails is recorded for a later retry, and the rest of its batch is finished. */
@NullMarked
package tasktracker.platform.batch;

import org.jspecify.annotations.NullMarked;
