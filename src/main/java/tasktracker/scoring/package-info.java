/** Telling signal from noise, and saying why. */
@NullMarked
package tasktracker.scoring;

import org.jspecify.annotations.NullMarked;
