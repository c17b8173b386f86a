package tasktracker.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.task.analyst.TaskCandidate;

/**
 * Compares found tasks with a reference list, one to one. A task matches when its first quote is evidence of the listed one,
 * or it quotes the main message of that.
 *
 * @param text the text of a message by its id
 */
record TaskMatches(List<TaskCandidate> found, List<ListedTask> listed, Function<UUID, String> text) {

  /**
   * A task of a reference list.
   *
   * @param evidence the main message first
   * @param due the words of the due date, or null
   */
  record ListedTask(List<UUID> evidence, @Nullable String assignee, @Nullable String due) {}

  /** The listed task of each found one that has one. */
  Map<TaskCandidate, ListedTask> pairs() {
    Map<TaskCandidate, ListedTask> pairs = new LinkedHashMap<>();
    for (int strictness = 0; strictness < 3; strictness++) {
      for (TaskCandidate task : found) {
        int level = strictness;
        if (!pairs.containsKey(task)) {
          listed.stream().filter(entry -> pairs.values().stream().noneMatch(other -> other == entry))
              .filter(entry -> matches(task, entry, level)).findFirst().ifPresent(entry -> pairs.put(task, entry));
        }
      }
    }
    return pairs;
  }

  /** First those with the same owner, then those with the same main message, then all others. */
  private boolean matches(TaskCandidate task, ListedTask entry, int level) {
    Set<UUID> quoted = task.quotes().stream().map(quote -> quote.messageId()).collect(Collectors.toSet());
    boolean isSame = entry.evidence.contains(task.quotes().getFirst().messageId()) || quoted.contains(entry.evidence.getFirst());
    boolean isMain = entry.evidence.getFirst().equals(task.quotes().getFirst().messageId());
    return isSame && (level > 0 || isMain && hasOwner(task, entry)) && (level > 1 || isMain);
  }

  static boolean hasOwner(TaskCandidate task, ListedTask entry) {
    return entry.assignee == null ? task.assigneeName() == null : entry.assignee.equals(task.assigneeName());
  }

  boolean hasDue(TaskCandidate task, ListedTask entry) {
    if (entry.due == null || task.due() == null) {
      return entry.due == null && task.due() == null;
    }
    String words = text.apply(task.due().quote().messageId()).substring(task.due().quote().start(), task.due().quote().end())
        .toLowerCase(Locale.ROOT);
    String expected = entry.due.toLowerCase(Locale.ROOT);
    return words.contains(expected) || expected.contains(words);
  }

  @Override
  public String toString() {
    Map<TaskCandidate, ListedTask> pairs = pairs();
    long owners = pairs.entrySet().stream().filter(p -> p.getValue().assignee != null).count();
    long rightOwners = pairs.entrySet().stream().filter(p -> p.getValue().assignee != null && hasOwner(p.getKey(), p.getValue())).count();
    long dues = pairs.entrySet().stream().filter(p -> p.getValue().due != null).count();
    long rightDues = pairs.entrySet().stream().filter(p -> p.getValue().due != null && hasDue(p.getKey(), p.getValue())).count();
    long falseDues = pairs.entrySet().stream().filter(p -> p.getValue().due == null && p.getKey().due() != null).count();
    return String.format(Locale.ROOT, "found %d of %d (%.2f), right %d of %d (%.2f), owner %d of %d, due %d of %d (%d invented)",
        pairs.size(),
        listed.size(), pairs.size() / (double) listed.size(), pairs.size(), found.size(), pairs.size() / (double) Math.max(1, found.size()),
        rightOwners, owners, rightDues, dues, falseDues);
  }

  List<ListedTask> missed() {
    List<ListedTask> missed = new ArrayList<>(listed);
    Map<TaskCandidate, ListedTask> pairs = pairs();
    missed.removeIf(entry -> pairs.values().stream().anyMatch(other -> other == entry));
    return missed;
  }
}
