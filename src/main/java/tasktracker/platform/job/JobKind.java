package tasktracker.platform.job;

import java.time.Duration;

/** A kind of job with its handler and the settings that the handler declares. */
public record JobKind(String kind, JobHandler<?> handler, Queue queue, int attempts, int concurrency, Duration timeout) {

  public static JobKind of(JobHandler<?> handler) {
    return new JobKind(nameOf(handler.kind()), handler, handler.queue(), handler.attempts(), handler.concurrency(),
        handler.timeout());
  }

  static String nameOf(Class<?> job) {
    Kind kind = job.getAnnotation(Kind.class);
    if (kind == null || !job.isRecord()) {
      throw new IllegalStateException(job.getName() + " must be a record annotated with @Kind(\"its_wire_name\")");
    }
    return kind.value();
  }

  public void handle(String payload, JobRun run) throws Exception {
    handle(handler, payload, run);
  }

  private static <J extends Job> void handle(JobHandler<J> handler, String payload, JobRun run) throws Exception {
    handler.perform(Payloads.read(handler.kind(), payload), run);
  }
}
