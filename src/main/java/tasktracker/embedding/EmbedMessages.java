package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tasktracker.message.MessageReceived;
import tasktracker.message.MessageRevised;
import tasktracker.message.MessagesStored;
import tasktracker.platform.data.Batches;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Jobs.Options;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Queue;

/** Job: compute the vectors of these messages. */
@Kind("embed_messages_batch_task")
public record EmbedMessages(List<UUID> messages) implements Job {

  /** Number of messages whose vectors one transaction stores. */
  static final int BATCH = Batches.embedding();

  static List<List<UUID>> split(List<UUID> ids) {
    List<List<UUID>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      batches.add(List.copyOf(ids.subList(from, Math.min(ids.size(), from + BATCH))));
    }
    return batches;
  }

  /** Enqueues and runs jobs that compute the vectors of new and edited messages. */
  @ApplicationScoped
  public static class Handler implements JobHandler<EmbedMessages> {

    private final Jobs jobs;
    private final Embeddings embeddings;

    @Inject
    public Handler(Jobs jobs, Embeddings embeddings) {
      this.jobs = jobs;
      this.embeddings = embeddings;
    }

    void on(@Observes MessageReceived event) {
      enqueue(event.messageId(), event.content());
    }

    void on(@Observes MessageRevised event) {
      enqueue(event.messageId(), event.content());
    }

    private void enqueue(UUID message, String content) {
      if (!content.isBlank()) {
        jobs.enqueue(new EmbedMessages(List.of(message)));
      }
    }

    void on(@Observes MessagesStored event) {
      List<UUID> ids = event.messages().stream().map(MessagesStored.Stored::id).toList();
      split(ids).forEach(batch -> jobs.enqueue(new EmbedMessages(batch), Options.on(Queue.BULK)));
    }

    @Override
    public Class<EmbedMessages> kind() {
      return EmbedMessages.class;
    }

    @Override
    public int concurrency() {
      return 2;
    }

    @Override
    public void perform(EmbedMessages job, JobRun run) {
      int done = 0;
      for (List<UUID> batch : split(job.messages())) {
        if (run.stopRequested()) {
          return;
        }
        embeddings.embed(batch);
        done += batch.size();
        run.progress(done, job.messages().size(), "");
      }
    }
  }
}
