/** Telegram: the connection, the webhook, long polling, and the export format. */
@NullMarked
package tasktracker.source.telegram;

import org.jspecify.annotations.NullMarked;
