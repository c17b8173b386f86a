/** Brings stored search documents up to the present analysis of words. */
@NullMarked
package tasktracker.search.reindex;

import org.jspecify.annotations.NullMarked;
