package tasktracker.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.admin.JobFilter;
import tasktracker.platform.job.admin.JobList;
import tasktracker.platform.job.admin.JobRow;
import tasktracker.platform.job.run.Nodes;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;

/** Pages of the jobs of the whole cluster, with actions on them. */
@RequestScoped
@Path("/system/jobs")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class JobsPage {

  private static final String PATH = "/system/jobs";
  private static final int PAGE_SIZE = 50;
  private static final int MAX_RUNNING = 20;
  private static final int FAILED_PAGE_SIZE = 20;
  private static final String FAILED_SECTION = "#failed-items";

  @Inject JobList jobs;
  @Inject JobActions actions;
  @Inject Nodes nodes;
  @Inject FailedItemActions failedItems;

  @GET
  @QueryParameters(value = {"before", "retried", "failed_before", "items_retried"}, of = JobActions.class)
  public View list(@BeanParam Query query) {
    JobFilter filter = actions.filter(query);
    List<JobRow> rows = jobs.list(filter, query.id("before"), PAGE_SIZE + 1);
    Map<String, Object> model = new HashMap<>(Map.of("filter", filter, "states", List.of(JobState.values()), "kinds", actions.kinds(),
        "lines", jobs.queues(), "running_jobs", jobs.listRunning(MAX_RUNNING), "nodes", nodes.list(),
        "rows", rows.subList(0, Math.min(PAGE_SIZE, rows.size())), "matching", filter.isRetryable() ? jobs.countRetryable(filter) : 0));
    model.put("worker_lost", filter.isRetryable() ? jobs.countWorkerLost(filter) : 0);
    model.put("next", rows.size() > PAGE_SIZE ? address(filter).with("before", rows.get(PAGE_SIZE - 1).id()) : null);
    model.put("first", query.id("before") == null ? null : address(filter));
    model.put("retried", query.text("retried", 20) == null ? null : query.number("retried", 0, 0, Integer.MAX_VALUE));
    model.put("failed", failed(query));
    model.put("items_retried", query.text("items_retried", 20) == null ? null : query.number("items_retried", 0, 0, Integer.MAX_VALUE));
    return View.page("jobs/list", model);
  }

  /** Model of the section of failed items; {@code here}, {@code next} and {@code first} are addresses of its pages. */
  public record FailedSection(FailedItemActions.Page page, URI here, @Nullable URI next, @Nullable URI first) {}

  private FailedSection failed(Query query) {
    UUID before = query.id("failed_before");
    FailedItemActions.Page page = failedItems.page(null, before, FAILED_PAGE_SIZE);
    return new FailedSection(page, LocalUrl.of(PATH + "/failed-items").with("failed_before", before).uri(),
        page.next() == null ? null : URI.create(LocalUrl.of(PATH).with("failed_before", page.next()) + FAILED_SECTION),
        before == null ? null : URI.create(PATH + FAILED_SECTION));
  }

  /** The current failed items. */
  @GET
  @Path("failed-items")
  @QueryParameters("failed_before")
  public View failedItems(@BeanParam Query query) {
    return View.fragment("jobs/_failed", "list", Map.of("failed", failed(query)));
  }

  /** Retries a failed item, and redirects to the page of the button: this page, or the message. */
  @POST
  @Path("failed-items/{id}/retry")
  @Allowed(Role.ADMIN)
  public Response retryFailedItem(@PathParam("id") UUID id, @FormParam("from") @Nullable String from) {
    UUID message = failedItems.retry(id).messageId();
    return seeOther("message".equals(from) && message != null ? "/messages/" + message : PATH + "?items_retried=1" + FAILED_SECTION);
  }

  /** Retries all failed items. */
  @POST
  @Path("failed-items/retry")
  @Allowed(Role.ADMIN)
  public Response retryFailedItems() {
    return seeOther(PATH + "?items_retried=" + failedItems.retryAll(null) + FAILED_SECTION);
  }

  private static LocalUrl address(JobFilter filter) {
    return LocalUrl.of(PATH).with("state", filter.stateName()).with("kind", filter.kind()).with("queue", filter.queue());
  }

  /** The queues with the number of jobs in each state. */
  @GET
  @Path("queues")
  public View queues() {
    return View.fragment("jobs/_parts", "queues", Map.of("lines", jobs.queues()));
  }

  /** The running jobs with their progress bars. */
  @GET
  @Path("running")
  public View running() {
    return View.fragment("jobs/_parts", "running", Map.of("running_jobs", jobs.listRunning(MAX_RUNNING)));
  }

  @GET
  @Path("{id}")
  public View show(@PathParam("id") UUID id) {
    JobRow job = jobs.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.job")));
    return View.page("jobs/show", Map.of("job", job, "attempts", jobs.attempts(id)));
  }

  @POST
  @Path("{id}/retry")
  @Allowed(Role.ADMIN)
  public Response retry(@PathParam("id") UUID id) {
    return seeOther(PATH + "/" + actions.retry(id).id());
  }

  @POST
  @Path("{id}/cancel")
  @Allowed(Role.ADMIN)
  public Response cancel(@PathParam("id") UUID id) {
    return seeOther(PATH + "/" + actions.cancel(id).id());
  }

  /** Retries all jobs that match the filters of the form. */
  @POST
  @Path("retry")
  @Allowed(Role.ADMIN)
  public Response retryAll(MultivaluedMap<String, String> form) {
    JobFilter filter = actions.filter(new Query(new MultivaluedHashMap<>(form)));
    int retried = actions.retryAll(filter);
    return Response.seeOther(address(filter).with("retried", retried).uri()).build();
  }

  @POST
  @Path("demonstration")
  @Allowed(Role.ADMIN)
  public Response demonstrate(@FormParam("text") String text) {
    return seeOther(PATH + "/" + actions.enqueueDemo(text));
  }

  private static Response seeOther(String path) {
    return Response.seeOther(URI.create(path)).build();
  }
}
