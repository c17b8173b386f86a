/** Corrections of classes by people, and the classifier that learns from them. */
@NullMarked
package tasktracker.scoring.correction;

import org.jspecify.annotations.NullMarked;
