/** Slack exports. */
@NullMarked
package tasktracker.source.slack;

import org.jspecify.annotations.NullMarked;
