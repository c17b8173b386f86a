package tasktracker.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.embedding.Embeddings;
import tasktracker.message.feed.Feed;
import tasktracker.platform.job.JobStore;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;

/** Progress of message processing, from counters, so it is cheap enough to be polled every second. */
@RequestScoped
@Path("/api/v1/pipeline")
@Produces(MediaType.APPLICATION_JSON)
public class PipelineResource {

  /**
   * Message counts: {@code messages = scored + unscored}; {@code to_embed} counts messages with text and without a vector;
   * {@code jobs} is null for readers, who must not see jobs.
   */
  public record Pipeline(long messages, long scored, long unscored, long embedded, long toEmbed, @Nullable Work jobs,
      ByClass byClass) {}

  /** Counts of unfinished jobs. */
  public record Work(long queued, long running, long retryable, long dead) {}

  /** Scored messages by class. */
  public record ByClass(long signal, long weakSignal, long noise, long spam) {}

  private final Feed feed;
  private final Embeddings embeddings;
  private final JobStore jobStore;
  private final Identity identity;

  @Inject
  public PipelineResource(Feed feed, Embeddings embeddings, JobStore jobStore, Identity identity) {
    this.feed = feed;
    this.embeddings = embeddings;
    this.jobStore = jobStore;
    this.identity = identity;
  }

  @GET
  public Pipeline pipeline() {
    Map<String, Long> counted = feed.readCounters(null);
    long all = counted.values().stream().mapToLong(Long::longValue).sum();
    long unscored = counted.getOrDefault("unscored", 0L);
    Embeddings.Counts vectors = embeddings.counts();
    return new Pipeline(all, all - unscored, unscored, vectors.embedded(), vectors.toEmbed(),
        identity.may(Role.REVIEWER) ? work() : null,
        new ByClass(counted.getOrDefault("signal", 0L), counted.getOrDefault("weak_signal", 0L),
            counted.getOrDefault("noise", 0L), counted.getOrDefault("spam", 0L)));
  }

  private Work work() {
    JobStore.Counts jobs = jobStore.counts();
    return new Work(jobs.queued() + jobs.snoozed(), jobs.running(), jobs.retryable(), jobs.dead());
  }
}
