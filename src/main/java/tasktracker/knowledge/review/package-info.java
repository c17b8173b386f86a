/** Pages and API of knowledge: review of atoms and versions, topics, runs of extraction. */
@NullMarked
package tasktracker.knowledge.review;

import org.jspecify.annotations.NullMarked;
