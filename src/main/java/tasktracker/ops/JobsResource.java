package tasktracker.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobStore;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.admin.JobFilter;
import tasktracker.platform.job.admin.JobList;
import tasktracker.platform.job.admin.JobRow;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** API of jobs: reading for reviewers, changes for administrators. */
@RequestScoped
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class JobsResource {

  /** A page of jobs, newest first; {@code next} is the {@code before} of the next page, null after the last. */
  public record JobPage(List<JobItem> items, @Nullable UUID next, JobStore.Counts counts, List<JobList.QueueStatus> queues) {}

  /** A job with its attempts. */
  public record JobWithAttempts(JobItem job, List<JobItem.Attempt> attempts) {}

  /** Request for a demonstration job: its text is returned in the progress. */
  public record Demonstration(@Nullable String kind, @Nullable String text) {}

  /** Number of jobs that were retried. */
  public record Retried(int retried) {}

  @Inject JobList jobs;
  @Inject JobStore jobStore;
  @Inject JobActions actions;

  /** Parameters: {@code state}, {@code kind}, {@code queue}, {@code before} (the id of a job), {@code limit} (1 to 500). */
  @GET
  @QueryParameters(value = {"before", "limit"}, of = JobActions.class)
  public JobPage list(@BeanParam Query query) {
    int limit = query.number("limit", 50, 1, 500);
    List<JobRow> rows = jobs.list(actions.filter(query), query.id("before"), limit + 1);
    List<JobRow> shown = rows.subList(0, Math.min(limit, rows.size()));
    return new JobPage(shown.stream().map(JobItem::of).toList(), rows.size() > limit ? shown.getLast().id() : null,
        jobStore.counts(), jobs.queues());
  }

  @GET
  @Path("{id}")
  public JobWithAttempts one(@PathParam("id") UUID id) {
    JobRow job = jobs.find(id).orElseThrow(() -> Problem.notFound("job with this id"));
    return new JobWithAttempts(JobItem.of(job), jobs.attempts(id).stream().map(JobItem.Attempt::of).toList());
  }

  /** Enqueues the demonstration job {@code process_message}, which returns its text in {@code progress.note}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  @Allowed(Role.ADMIN)
  @ResponseType(status = 202, value = Demonstrated.class)
  public Response demonstrate(@Nullable Demonstration request) {
    if (request == null || !"process_message".equals(request.kind())) {
      throw Problem.unprocessable("Only jobs of kind process_message can be created here; other kinds have their own addresses.");
    }
    UUID id = actions.enqueueDemo(request.text());
    return Response.accepted(new Demonstrated(id)).location(URI.create("/api/v1/jobs/" + id)).build();
  }

  /** The job that was enqueued. */
  public record Demonstrated(UUID id) {}

  @POST
  @Path("{id}/retry")
  @Allowed(Role.ADMIN)
  public JobItem retry(@PathParam("id") UUID id) {
    return JobItem.of(actions.retry(id));
  }

  @POST
  @Path("{id}/cancel")
  @Allowed(Role.ADMIN)
  public JobItem cancel(@PathParam("id") UUID id) {
    return JobItem.of(actions.cancel(id));
  }

  /** Retries all jobs that match {@code state} (default: dead), {@code kind} and {@code queue}. */
  @POST
  @Path("retry")
  @Allowed(Role.ADMIN)
  @QueryParameters(of = JobActions.class)
  public Retried retryAll(@BeanParam Query query) {
    JobFilter asked = actions.filter(query);
    return new Retried(actions.retryAll(asked.state() == null ? asked.in(JobState.DEAD) : asked));
  }
}
