/** Vectors of messages by model, and their indexes. */
@NullMarked
package tasktracker.embedding;

import org.jspecify.annotations.NullMarked;
