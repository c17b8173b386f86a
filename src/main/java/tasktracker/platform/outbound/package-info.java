/** Requests to addresses that people typed: which are allowed, and a client that goes nowhere else. */
@NullMarked
package tasktracker.platform.outbound;

import org.jspecify.annotations.NullMarked;
