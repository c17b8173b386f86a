/** Diagnostic checks of the runbook, with evidence and safe fixes. */
@NullMarked
package tasktracker.ops.check;

import org.jspecify.annotations.NullMarked;
