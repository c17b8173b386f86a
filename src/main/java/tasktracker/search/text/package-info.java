/** What text is made of, for searching: normal forms, emoji, telephone numbers, keyboard layouts, transliteration. */
@NullMarked
package tasktracker.search.text;

import org.jspecify.annotations.NullMarked;
