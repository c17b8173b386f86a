package tasktracker.knowledge.topic;

import jakarta.json.bind.annotation.JsonbTransient;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A topic as lists, pages and the API show it.
 *
 * @param messageCount its messages, counted up to 10,000
 * @param pendingCount its atoms that wait for review
 * @param lastMessageAt when its latest message was sent, or null
 * @param projectId the project that was recognised, or null
 * @param projectMatched the words that it was recognised by
 */
public record TopicItem(UUID id, String name, String description, String icon, String color, boolean isActive, @Nullable String analyst,
    @Nullable String reason, int revision, String createdBy, Instant createdAt, Instant updatedAt, long atomsCount, long pendingCount,
    long messageCount, @Nullable Instant lastMessageAt, @Nullable UUID projectId, @Nullable String projectName,
    List<String> projectMatched) {

  static final String SELECT = """
      select t.id, t.name, t.description, t.icon, t.color, t.is_active, t.analyst, t.reason, t.revision, t.created_by, t.created_at,
             t.updated_at,
             (select count(*) from (select from topic_atom ta join atom a on a.id = ta.atom_id
                where ta.topic_id = t.id and a.status in ('pending', 'approved') limit 10000) as some_of_it) as atoms_count,
             (select count(*) from (select from topic_atom ta join atom a on a.id = ta.atom_id
                where ta.topic_id = t.id and a.status = 'pending' limit 10000) as some_of_it) as pending_count,
             (select count(*) from (select from message m where m.topic_id = t.id limit 10000) as some_of_it) as message_count,
             (select max(m.sent_at) from message m where m.topic_id = t.id) as last_message_at,
             t.project_id, p.name as project_name, t.project_matched
        from topic t left join project p on p.id = t.project_id
      """;

  /** The matched words in one line. */
  @JsonbTransient
  public String projectWords() {
    return String.join(", ", projectMatched);
  }
}
