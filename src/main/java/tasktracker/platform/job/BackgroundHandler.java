package tasktracker.platform.job;

/** Looks after what is stored, behind what people wait for: in the queue for bulk work, and one at a time on a node. */
public interface BackgroundHandler<J extends Job> extends JobHandler<J> {

  @Override
  default Queue queue() {
    return Queue.BULK;
  }

  @Override
  default int concurrency() {
    return 1;
  }
}
