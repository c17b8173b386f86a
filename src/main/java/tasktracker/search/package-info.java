/** Search: full-text and semantic search for messages, with spelling suggestions. */
@NullMarked
package tasktracker.search;

import org.jspecify.annotations.NullMarked;
