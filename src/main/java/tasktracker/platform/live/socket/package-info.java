/** The WebSocket protocol on the servlet upgrade: handshake, bounded frames, outbox, closing. */
@NullMarked
package tasktracker.platform.live.socket;

import org.jspecify.annotations.NullMarked;
