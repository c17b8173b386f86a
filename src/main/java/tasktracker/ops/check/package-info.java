/** The runbook that runs: what may be wrong, looked at with evidence, and what can safely be done about it. */
@NullMarked
package tasktracker.ops.check;

import org.jspecify.annotations.NullMarked;
