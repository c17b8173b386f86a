/** Reads messages for lists, single pages, exports and the API, and renders their rows. */
@NullMarked
package tasktracker.message.feed;

import org.jspecify.annotations.NullMarked;
