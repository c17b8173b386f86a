/** Parses texts of the Bot API and of exports: formatted texts, rich messages, checklists. */
@NullMarked
package tasktracker.source.telegram.text;

import org.jspecify.annotations.NullMarked;
