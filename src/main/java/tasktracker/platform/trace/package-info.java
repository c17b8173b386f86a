/** Traces: what a request or a job did when, told over OTLP to those who ask for it. */
@NullMarked
package tasktracker.platform.trace;

import org.jspecify.annotations.NullMarked;
