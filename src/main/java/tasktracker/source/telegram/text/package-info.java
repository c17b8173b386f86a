/** Texts of Telegram in the shapes that the Bot API and exports give them: formatted, in blocks, in lists. */
@NullMarked
package tasktracker.source.telegram.text;

import org.jspecify.annotations.NullMarked;
