package tasktracker.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomItem;

/**
 * An atom that a search found.
 *
 * @param rank the rank, starting at 1
 * @param why the kinds of search that found it: {@code words}, {@code meaning}
 * @param title the title with the matched words
 * @param snippet an extract of the content with the matched words
 * @param similarity the semantic similarity, 0 to 1, or null if the semantic search did not find it
 */
public record AtomHit(AtomItem atom, int rank, List<String> why, Snippet title, Snippet snippet, @Nullable Double similarity) {}
