/** Updates stored search documents to the current text analysis. */
@NullMarked
package tasktracker.search.reindex;

import org.jspecify.annotations.NullMarked;
