/** Live updates: events for programs and HTML fragments for open pages, over WebSockets. */
@NullMarked
package tasktracker.platform.live;

import org.jspecify.annotations.NullMarked;
