/** Reads files of messages entry by entry within bounds; knows neither imports nor the database. */
@NullMarked
package tasktracker.source.format;

import org.jspecify.annotations.NullMarked;
