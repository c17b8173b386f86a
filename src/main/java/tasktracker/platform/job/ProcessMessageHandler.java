package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;

/** Performs {@link ProcessMessage}. */
@ApplicationScoped
public class ProcessMessageHandler implements JobHandler<ProcessMessage> {

  @Override
  public Class<ProcessMessage> kind() {
    return ProcessMessage.class;
  }

  @Override
  public Queue queue() {
    return Queue.INTERACTIVE;
  }

  @Override
  public void perform(ProcessMessage job, JobRun run) {
    run.progress(1, 1, "Processed: " + job.text());
  }
}
