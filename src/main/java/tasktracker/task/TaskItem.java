package tasktracker.task;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as lists, pages and the API show it.
 *
 * @param number its short name for people
 * @param parts how many parts it has
 * @param partsDone how many of them are completed or closed
 */
public record TaskItem(UUID id, long number, String title, String description, String status, String priority, String category,
    List<String> tags, @Nullable UUID projectId, @Nullable String projectName, @Nullable UUID parentId, @Nullable String parentTitle,
    @Nullable UUID assigneeId, @Nullable String assigneeName, @Nullable LocalDate dueOn, @Nullable Instant dueAt, int revision, long parts,
    long partsDone, String createdBy, Instant createdAt, Instant updatedAt, @Nullable Instant completedAt) {

  /** The row of the table. */
  record Row(UUID id, long number, String title, String description, String status, String priority, String category, String tags,
      @Nullable UUID projectId, @Nullable String projectName, @Nullable UUID parentId, @Nullable String parentTitle,
      @Nullable UUID assigneeId, @Nullable String assigneeName, @Nullable LocalDate dueOn, @Nullable Instant dueAt, int revision,
      long parts, long partsDone, String createdBy, Instant createdAt, Instant updatedAt, @Nullable Instant completedAt) {

    TaskItem item() {
      return new TaskItem(id, number, title, description, status, priority, category, TaskFields.tagsFromJson(tags), projectId,
          projectName, parentId, parentTitle, assigneeId, assigneeName, dueOn, dueAt, revision, parts, partsDone, createdBy, createdAt,
          updatedAt, completedAt);
    }
  }

  static final String SELECT = """
      select t.id, t.number, t.title, t.description, t.status, t.priority, t.category, t.tags, t.project_id, j.name as project_name,
             t.parent_id, u.title as parent_title, t.assignee_id,
             coalesce(trim(a.first_name || ' ' || coalesce(a.last_name, '')), t.assignee_name) as assignee_name, t.due_on, t.due_at,
             t.revision, (select count(*) from task c where c.parent_id = t.id) as parts,
             (select count(*) from task c where c.parent_id = t.id and c.status in ('completed', 'closed')) as parts_done,
             t.created_by, t.created_at, t.updated_at, t.completed_at
        from task t
        left join project j on j.id = t.project_id
        left join task u on u.id = t.parent_id
        left join person a on a.id = t.assignee_id
      """;

  /** Whether there is still something to do. */
  public boolean isUnfinished() {
    return status.equals("open") || status.equals("in_progress");
  }

  /** Whether it should have been done before this day. */
  public boolean isOverdue(LocalDate today) {
    return isUnfinished() && dueOn != null && dueOn.isBefore(today);
  }

  /** The tags in one line. */
  public String tagText() {
    return String.join(", ", tags);
  }

  /** The colour of the badge of its priority. */
  public String priorityKind() {
    return switch (priority) {
      case "critical" -> "bad";
      case "high" -> "warn";
      case "medium" -> "info";
      default -> "neutral";
    };
  }

  /** The colour of the badge of its status. */
  public String statusKind() {
    return switch (status) {
      case "in_progress" -> "info";
      case "completed" -> "ok";
      case "closed" -> "neutral";
      default -> "outline";
    };
  }

  /** The icon of the badge of its status. */
  public String statusIcon() {
    return switch (status) {
      case "in_progress" -> "play";
      case "completed" -> "check";
      case "closed" -> "close";
      default -> "clock";
    };
  }
}
