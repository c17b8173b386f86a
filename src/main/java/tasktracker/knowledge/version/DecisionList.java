package tasktracker.knowledge.version;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists the decisions of a person about what one package owns. All CDI beans of this type are shown in one list. */
public interface DecisionList {

  /**
   * A decision in the list.
   *
   * @param action the last part of the key {@code decision.action.*}
   * @param href the page of what was decided about, or null
   * @param undoHref undoes the decision by POST
   */
  record Listed(UUID id, String action, String title, @Nullable String href, String undoHref, Instant decidedAt,
      @Nullable Instant undoneAt) {}

  /** Lists decisions since a time, newest first. */
  List<Listed> listed(String by, Instant since, int limit);
}
