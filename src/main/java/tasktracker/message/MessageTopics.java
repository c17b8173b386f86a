package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Writes the topics of messages. All methods join the caller's transaction and are one statement each. */
@ApplicationScoped
public class MessageTopics {

  /** What stands in {@code topic_set_by} when a person chose the topic; no analyst changes it. */
  public static final String PERSON = "person";

  private final Database database;

  @Inject
  public MessageTopics(Database database) {
    this.database = database;
  }

  /**
   * Sets the topics that an analyst found. Topics that a person chose, and those that messages have already, stay.
   *
   * @param topics the topic of each message
   * @return the number of changed messages
   */
  @Transactional
  public int assignFound(Map<UUID, UUID> topics, String analyst) {
    return topics.isEmpty()
        ? 0
        : database.ask(sql -> sql.createUpdate("""
            update message m set topic_id = t.topic, topic_set_by = :analyst, updated_at = now()
              from unnest(:messages, :topics) as t (message, topic)
             where m.id = t.message and m.topic_id is null and m.topic_set_by is distinct from :person""")
            .bind("analyst", analyst).bind("person", PERSON)
            .bindArray("messages", UUID.class, topics.keySet().toArray()).bindArray("topics", UUID.class, topics.values().toArray())
            .execute());
  }

  /**
   * Sets the topic that a person chose.
   *
   * @param topic null for none
   * @return the number of changed messages
   */
  @Transactional
  public int assign(Collection<UUID> messages, @Nullable UUID topic) {
    return database.ask(sql -> sql.createUpdate("""
            update message set topic_id = :topic, topic_set_by = :person, updated_at = now()
             where id = any(:ids) and (topic_id is distinct from :topic or topic_set_by is distinct from :person)""")
        .bindByType("topic", topic, UUID.class).bind("person", PERSON).bindArray("ids", UUID.class, messages.toArray()).execute());
  }
}
