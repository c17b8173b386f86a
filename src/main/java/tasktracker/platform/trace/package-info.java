/** Tracing with OpenTelemetry: the SDK of this server, and the traces that jobs come from. */
@NullMarked
package tasktracker.platform.trace;

import org.jspecify.annotations.NullMarked;
