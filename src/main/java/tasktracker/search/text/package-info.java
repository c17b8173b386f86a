/** Text normalization for search: emoji, homoglyphs, telephone numbers, keyboard layouts and transliteration. */
@NullMarked
package tasktracker.search.text;

import org.jspecify.annotations.NullMarked;
