package tasktracker.scoring.noise;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;
import tasktracker.scoring.Scoring;
import tasktracker.scoring.ScoringBacklog;
import tasktracker.scoring.correction.Corrections;
import tasktracker.scoring.policy.ScoringPolicyStore;

/** The noise page: classes by day, the noisiest chats, the scoring backlog, and the thresholds in force. */
@RequestScoped
@Path("/noise-filtering")
@QueryParameters({"days", "until"})
@Produces(MediaType.TEXT_HTML)
public class NoisePage {

  @Inject NoiseReport report;
  @Inject ScoringBacklog backlog;
  @Inject ScoringPolicyStore policyStore;
  @Inject Corrections corrections;
  @Inject Scoring scoring;
  @Inject Clock clock;
  @BeanParam Query query;

  /** Renders the page, or only the fragment that is named by {@code HX-Target}. */
  @GET
  public View show(@HeaderParam("HX-Target") @Nullable String target) {
    Map<String, Object> model = createLiveModel();
    if ("noise-live".equals(target)) {
      return View.fragment("noise/_parts", "live", model);
    }
    model.put("weighing", policyStore.getCurrent().policy());
    model.put("corrections", corrections.count());
    return View.page("noise/page", model);
  }

  private Map<String, Object> createLiveModel() {
    NoiseReport.Report computed = report.compute(parsePeriod());
    Map<String, Object> model = new HashMap<>(Map.of("report", computed, "chart", new TrendChart(computed.days()),
        "unscored", backlog.countUnscored(), "choices", NoisePeriod.CHOICES));
    backlog.findRunningJob().ifPresent(at -> model.put("backlogJob", at));
    policyStore.findRunningJob().ifPresent(at -> model.put("reclassifyJob", at));
    if (computed.all().total() == 0) {
      report.findNewestDay(query.timeZone()).ifPresent(day -> model.put("newest", day));
    }
    return model;
  }

  private NoisePeriod parsePeriod() {
    int days = Integer.parseInt(query.one("days", Set.of("7", "30", "90"), "7"));
    java.time.Instant until = query.from("until");
    return new NoisePeriod(days, LocalDate.ofInstant(until == null ? clock.instant() : until, query.timeZone()), query.timeZone());
  }

  /** Enqueues a job that scores all unscored messages. */
  @POST
  @Path("score")
  public Response score(@HeaderParam("HX-Request") @Nullable String htmx) {
    if (backlog.countUnscored() == 0) {
      throw Problem.conflict(LocalizedMessage.of("problem.scored"));
    }
    scoring.scoreBacklog(null);
    return htmx == null
        ? Response.seeOther(URI.create("/noise-filtering")).build()
        : Response.ok(View.fragment("noise/_parts", "live", createLiveModel())).build();
  }
}
