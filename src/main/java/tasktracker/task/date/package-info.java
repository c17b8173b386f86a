/** Dates and times in words, in English, Ukrainian and Russian: pure functions on {@code java.time}. */
@NullMarked
package tasktracker.task.date;

import org.jspecify.annotations.NullMarked;
