package tasktracker.platform.job;

/** A handler of background work: on the bulk queue, one job at a time on a node. */
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
