package tasktracker.knowledge.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tasktracker.knowledge.topic.TopicWritten;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Kind;

/**
 * Compute the vectors of topics.
 *
 * @param topics the topics, or an empty list for all without a vector
 */
@Kind("embed_topics_batch_task")
public record EmbedTopics(List<UUID> topics) implements Job {

  /** Embeds topics after they are written, and at the start those that have no vector. */
  @ApplicationScoped
  public static class Handler implements JobHandler<EmbedTopics>, FailedItemHandler {

    private final KnowledgeEmbeddings embeddings;
    private final Jobs jobs;

    @Inject
    public Handler(KnowledgeEmbeddings embeddings, Jobs jobs) {
      this.embeddings = embeddings;
      this.jobs = jobs;
    }

    void on(@ObservesAsync ApplicationStarted event) {
      if (embeddings.hasMissing(EmbeddedType.TOPIC)) {
        jobs.enqueue(new EmbedTopics(List.of()), Jobs.Options.once("embed-topics"));
      }
    }

    void on(@Observes TopicWritten event) {
      jobs.enqueue(new EmbedTopics(List.of(event.topicId())));
    }

    @Override
    public Class<EmbedTopics> kind() {
      return EmbedTopics.class;
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(1);
    }

    @Override
    public void perform(EmbedTopics job, JobRun run) {
      embeddings.embed(EmbeddedType.TOPIC, job.topics(), run);
    }

    @Override
    public String failedKind() {
      return EmbeddedType.TOPIC.failedKind();
    }

    @Override
    public void retry(List<FailedItem> items) {
      embeddings.embed(EmbeddedType.TOPIC, items.stream().map(item -> UUID.fromString(item.item())).toList());
    }
  }
}
