/** Analysis runs: which messages are read when, by which analyst, and how what it proposes is validated and stored. */
@NullMarked
package tasktracker.task.analysis;

import org.jspecify.annotations.NullMarked;
