package tasktracker.task.review;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.task.analysis.AnalysisRunItem;
import tasktracker.task.analysis.AnalysisRunStatus;

/**
 * A page of the list of analysis runs.
 *
 * @param status only runs of this status; empty for all
 */
public record AnalysisList(List<AnalysisRunItem> rows, boolean hasMore, String status, int page) {

  /** The statuses in their order. */
  public List<String> statuses() {
    return Arrays.stream(AnalysisRunStatus.values()).map(AnalysisRunStatus::wire).toList();
  }

  /** The URL of this page. */
  public String here() {
    return address(page);
  }

  private String address(int number) {
    String query = (status.isEmpty() ? "" : "&status=" + status) + (number == 1 ? "" : "&page=" + number);
    return query.isEmpty() ? "/analysis" : "/analysis?" + query.substring(1);
  }

  /** The URL of the page before, or null. */
  public @Nullable String previous() {
    return page > 1 ? address(page - 1) : null;
  }

  /** The URL of the page after, or null. */
  public @Nullable String next() {
    return hasMore ? address(page + 1) : null;
  }
}
