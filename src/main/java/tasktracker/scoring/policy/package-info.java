/** The weights and thresholds that turn a prediction into a class, their settings, and reclassification. */
@NullMarked
package tasktracker.scoring.policy;

import org.jspecify.annotations.NullMarked;
