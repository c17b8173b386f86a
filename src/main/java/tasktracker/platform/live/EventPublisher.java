package tasktracker.platform.live;

/** Publishes live events to all subscribers of all nodes. */
public interface EventPublisher {

  /**
   * Publishes an event to every node after the caller's transaction has committed, or immediately when there is none.
   * Nothing is sent when the transaction rolls back.
   *
   * @param event a registered event
   * @param data a record or map that JSON-B can write; a snapshot, so that subscribers need no further request
   */
  void publish(LiveTopic.Event event, Object data);
}
