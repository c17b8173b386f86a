/** The Noise page: what the filter leaves out, and why. */
@NullMarked
package tasktracker.scoring.noise;

import org.jspecify.annotations.NullMarked;
