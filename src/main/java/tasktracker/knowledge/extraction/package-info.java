/** Extraction runs: what is examined when, by which analyst, and how proposals are validated and stored. */
@NullMarked
package tasktracker.knowledge.extraction;

import org.jspecify.annotations.NullMarked;
