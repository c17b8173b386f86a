package tasktracker.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobKinds;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.ProcessMessage;
import tasktracker.platform.job.Queue;
import tasktracker.platform.job.admin.JobAdministration;
import tasktracker.platform.job.admin.JobFilter;
import tasktracker.platform.job.admin.JobList;
import tasktracker.platform.job.admin.JobRow;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** Operations on jobs for pages and API, with audit entries and error messages. */
@RequestScoped
@QueryParameters({"state", "kind", "queue"})
public class JobActions {

  private static final Set<String> QUEUES = Stream.of(Queue.values()).map(Queue::wire).collect(Collectors.toSet());

  private static final Set<String> STATES = names(List.of(JobState.values())).collect(Collectors.toSet());

  @Inject JobList jobs;
  @Inject JobAdministration administration;
  @Inject Jobs queue;
  @Inject JobKinds kinds;
  @Inject Identity identity;
  @Inject Audit audit;

  JobFilter filter(Query query) {
    String state = oneOf(query, "state", STATES);
    return new JobFilter(state == null ? null : JobState.of(state), query.text("kind", 100), oneOf(query, "queue", QUEUES));
  }

  private static Stream<String> names(List<JobState> states) {
    return states.stream().map(JobState::wire);
  }

  private static @Nullable String oneOf(Query query, String name, Set<String> allowed) {
    String given = query.text(name, 50);
    return given == null ? null : query.one(name, allowed, given);
  }

  Set<String> kinds() {
    return kinds.names();
  }

  /** Enqueues the demonstration job. */
  @Transactional
  UUID enqueueDemo(@Nullable String text) {
    String message = text == null || text.isBlank() ? "Hello" : text.strip();
    if (message.length() > ProcessMessage.LONGEST) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.job.text", ProcessMessage.LONGEST));
    }
    return queue.enqueue(new ProcessMessage(message));
  }

  /**
   * Retries a job.
   *
   * @throws Problem 404, or 409 with the reason why it cannot be retried
   */
  @Transactional
  JobRow retry(UUID id) {
    JobRow before = find(id);
    if (!administration.retry(id, identity.name())) {
      throw Problem.conflict(!before.canBeRetried()
          ? LocalizedMessage.of("problem.job.retry", state(before))
          : before.uniqueKey() == null
              ? LocalizedMessage.of("problem.job.handler", before.kind())
              : LocalizedMessage.of("problem.job.twin", before.uniqueKey()));
    }
    audit.record("job.retried", "job", id, Map.of("kind", before.kind(), "state", before.state().wire()));
    return find(id);
  }

  /**
   * Cancels a job.
   *
   * @throws Problem 404, or 409 when it has finished
   */
  @Transactional
  JobRow cancel(UUID id) {
    JobRow before = find(id);
    if (administration.cancel(id, identity.name()).isEmpty()) {
      throw Problem.conflict(LocalizedMessage.of("problem.job.ended", state(before)));
    }
    audit.record("job.cancelled", "job", id, Map.of("kind", before.kind(), "state", before.state().wire()));
    return find(id);
  }

  /** Retries all matching jobs, and returns their number. */
  @Transactional
  int retryAll(JobFilter filter) {
    if (!filter.isRetryable()) {
      throw Problem
          .unprocessable(LocalizedMessage.of("problem.job.states", names(JobState.MANUALLY_RETRYABLE).collect(Collectors.joining(", "))));
    }
    int retried = administration.retryAll(filter, identity.name());
    audit.record("job.retried_all", "job", null, Map.of("state", String.valueOf(filter.stateName()),
        "kind", String.valueOf(filter.kind()), "queue", String.valueOf(filter.queue()), "jobs", retried));
    return retried;
  }

  private static LocalizedMessage state(JobRow job) {
    return LocalizedMessage.of("jobs.state." + job.state().wire());
  }

  private JobRow find(UUID id) {
    return jobs.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.job")));
  }
}
