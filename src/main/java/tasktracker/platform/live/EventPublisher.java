package tasktracker.platform.live;

/** Tells everyone who listens that something has happened. */
public interface EventPublisher {

  /**
   * Publishes an event to every node after the caller's transaction has committed, or at once when there is none.
   * Nothing is sent when the transaction rolls back.
   *
   * @param event a registered event
   * @param data a record or map that JSON-B can write: a snapshot, so that no listener asks back
   */
  void publish(LiveTopic.Event event, Object data);
}
