/** Reads exports of Telegram Desktop. */
@NullMarked
package tasktracker.source.telegram.export;

import org.jspecify.annotations.NullMarked;
