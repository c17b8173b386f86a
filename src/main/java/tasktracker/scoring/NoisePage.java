package tasktracker.scoring;

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
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Query;
import tasktracker.platform.web.QueryParameters;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.View;

/** How much of the talk is noise, where it comes from, what is still to be scored, and what a moved threshold would do. */
@RequestScoped
@Path("/noise-filtering")
@QueryParameters({"days", "until", "noise", "signal", "floor", "ceiling"})
@Produces(MediaType.TEXT_HTML)
public class NoisePage {

  @Inject NoiseReport report;
  @Inject ScoringBacklog backlog;
  @Inject ThresholdPreview whatIf;
  @Inject ScoringPolicyStore weighings;
  @Inject ScoringConfig config;
  @Inject Corrections corrections;
  @Inject Scoring scoring;
  @Inject Clock clock;
  @BeanParam Query query;

  /** The page; only the part that moves when it asks for itself. */
  @GET
  public View show(@HeaderParam("HX-Target") @Nullable String target) {
    Map<String, Object> model = moving();
    if ("noise-live".equals(target)) {
      return View.fragment("noise/_parts", "live", model);
    }
    ScoringPolicy weighing = config.weighing();
    model.put("weighing", weighing);
    model.put("corrections", corrections.count());
    outcome(weighing, model);
    return "what-if".equals(target) ? View.fragment("noise/_parts", "whatif", model) : View.page("noise/page", model);
  }

  private Map<String, Object> moving() {
    NoiseReport.Report found = report.of(period());
    Map<String, Object> model = new HashMap<>(Map.of("report", found, "chart", new TrendChart(found.days()),
        "unscored", backlog.unscored(), "choices", NoisePeriod.CHOICES));
    backlog.running().ifPresent(at -> model.put("backlogJob", at));
    weighings.running().ifPresent(at -> model.put("reclassifyJob", at));
    if (found.all().total() == 0) {
      report.newestDay().ifPresent(day -> model.put("newest", day));
    }
    return model;
  }

  private NoisePeriod period() {
    int days = Integer.parseInt(query.one("days", Set.of("7", "30", "90"), "7"));
    java.time.Instant until = query.from("until");
    return new NoisePeriod(days, LocalDate.ofInstant(until == null ? clock.instant() : until, ZoneOffset.UTC));
  }

  private void outcome(ScoringPolicy usual, Map<String, Object> model) {
    Double noise = query.fraction("noise");
    Double signal = query.fraction("signal");
    Double floor = query.fraction("floor");
    Double ceiling = query.fraction("ceiling");
    Map<String, Double> tried = Map.of("noise", or(noise, usual.noise()), "signal", or(signal, usual.signal()),
        "floor", or(floor, usual.contentFloor()), "ceiling", or(ceiling, usual.contentCeiling()));
    model.put("tried", tried);
    if (tried.get("noise") > tried.get("signal") || tried.get("floor") > tried.get("ceiling")) {
      model.put("upsideDown", true);
    } else if (noise != null || signal != null || floor != null || ceiling != null) {
      model.put("outcome", whatIf.with(
          usual.between(tried.get("noise"), tried.get("signal"), tried.get("floor"), tried.get("ceiling"))));
    }
  }

  private static double or(@Nullable Double asked, double usual) {
    return asked == null ? usual : asked;
  }

  /** Asks for all that is unscored to be scored. */
  @POST
  @Path("score")
  public Response score(@HeaderParam("HX-Request") @Nullable String htmx) {
    if (backlog.unscored() == 0) {
      throw Problem.conflict(LocalizedMessage.of("problem.scored"));
    }
    scoring.backlog(null);
    return htmx == null ? Response.seeOther(URI.create("/noise-filtering")).build()
        : Response.ok(View.fragment("noise/_parts", "live", moving())).build();
  }
}
