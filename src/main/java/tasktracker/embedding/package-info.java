/** Vectors of texts, per item and model. */
@NullMarked
package tasktracker.embedding;

import org.jspecify.annotations.NullMarked;
