/** The vectors of atoms and topics, by the in-process model. */
@NullMarked
package tasktracker.knowledge.embedding;

import org.jspecify.annotations.NullMarked;
