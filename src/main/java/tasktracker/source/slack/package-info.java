/** The export format of Slack. */
@NullMarked
package tasktracker.source.slack;

import org.jspecify.annotations.NullMarked;
