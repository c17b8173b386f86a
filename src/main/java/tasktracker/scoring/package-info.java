/** Scoring: classifies messages as signal, weak signal, noise or spam, with reasons. */
@NullMarked
package tasktracker.scoring;

import org.jspecify.annotations.NullMarked;
