/** Talks to the Bot API: commands, replies, profile photos. */
@NullMarked
package tasktracker.source.telegram.bot;

import org.jspecify.annotations.NullMarked;
