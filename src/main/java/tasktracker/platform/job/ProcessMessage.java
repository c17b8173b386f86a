package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * A test job that reports its text as progress. It shows that workers run.
 *
 * @param text a short text, at most {@value #LONGEST} characters
 */
@Kind("process_message")
public record ProcessMessage(String text) implements Job {

  public static final int LONGEST = 200;

  public ProcessMessage {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("A demonstration text has at most " + LONGEST + " characters");
    }
  }

  @ApplicationScoped
  public static class Handler implements JobHandler<ProcessMessage> {

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
}
