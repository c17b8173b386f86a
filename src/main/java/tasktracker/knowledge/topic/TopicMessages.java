package tasktracker.knowledge.topic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageTopics;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.data.Database;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.scoring.Scoring;

/** The messages of topics. */
@ApplicationScoped
public class TopicMessages {

  /** The event for messages that a person gave another topic. */
  public record MessageReassigned(UUID id, @Nullable UUID newTopic) {}

  private final Database database;
  private final Feed feed;
  private final MessageTopics messages;
  private final Topics topics;
  private final TopicProjects topicProjects;
  private final EventPublisher live;
  private final Audit audit;
  private final Scoring scoring;

  @Inject
  public TopicMessages(Database database, Feed feed, MessageTopics messages, Topics topics, TopicProjects topicProjects,
      EventPublisher live, Audit audit, Scoring scoring) {
    this.database = database;
    this.feed = feed;
    this.messages = messages;
    this.topics = topics;
    this.topicProjects = topicProjects;
    this.live = live;
    this.audit = audit;
    this.scoring = scoring;
  }

  /** Lists the latest messages of a topic, newest first. */
  public List<MessageItem> latest(UUID topic, int limit) {
    return list(topic, limit, 0);
  }

  /** Lists the messages of a topic, newest first. */
  public List<MessageItem> list(UUID topic, int limit, int skip) {
    List<UUID> ids = database.ask(sql -> sql.createQuery("""
            select id from message where topic_id = :topic order by sent_at desc, id desc limit :limit offset :skip""")
        .bind("topic", topic).bind("limit", limit).bind("skip", skip).mapTo(UUID.class).list());
    return feed.previews().find(ids);
  }

  /**
   * Gives messages another topic; no analyst changes that again.
   *
   * @param topic null for none
   * @throws tasktracker.platform.web.problem.Problem 404 when there is no such topic
   */
  @Transactional
  public void assign(List<UUID> ids, @Nullable UUID topic, String by) {
    if (topic != null) {
      topics.lock(topic);
    }
    if (messages.assign(ids, topic) > 0) {
      ids.forEach(id -> {
        live.publish(LiveTopic.Event.MESSAGE_REASSIGNED, new MessageReassigned(id, topic));
        scoring.rescore(id);
      });
      topicProjects.enqueue(topic == null ? List.of() : List.of(topic));
      audit.record("message.reassigned", "message", ids.getFirst(), Map.of("messages", ids.size(), "by", by));
    }
  }
}
