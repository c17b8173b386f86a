/** Tracing of requests and jobs with OpenTelemetry. */
@NullMarked
package tasktracker.platform.trace;

import org.jspecify.annotations.NullMarked;
