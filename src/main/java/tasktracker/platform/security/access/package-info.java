/** Identifies the caller of each request and handshake, and decides what the matched resource allows. */
@NullMarked
package tasktracker.platform.security.access;

import org.jspecify.annotations.NullMarked;
