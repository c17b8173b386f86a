/** Telegram: the webhook, updates, and exported histories. */
@NullMarked
package tasktracker.source.telegram;

import org.jspecify.annotations.NullMarked;
