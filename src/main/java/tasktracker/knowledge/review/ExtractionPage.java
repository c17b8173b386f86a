package tasktracker.knowledge.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.extraction.AnalystShares;
import tasktracker.knowledge.extraction.ExtractionConfig;
import tasktracker.knowledge.extraction.ExtractionRuns;
import tasktracker.knowledge.extraction.ExtractionStart;
import tasktracker.llm.agent.Agents;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.template.View;

/** The runs of extraction: what was examined, what came of it, and starting or cancelling one. */
@RequestScoped
@Path("/extraction")
@Produces(MediaType.TEXT_HTML)
public class ExtractionPage {

  private static final int RUNS_SHOWN = 50;
  private static final List<String> PERIODS = List.of("last_24h", "last_7d", "last_30d", "all");
  @Inject ExtractionRuns runs;
  @Inject ExtractionStart start;
  @Inject AnalystShares shares;
  @Inject ExtractionConfig config;
  @Inject Identity identity;

  @GET
  public View list(@HeaderParam("HX-Target") @Nullable String target) {
    Map<String, Object> model = Map.of("runs", runs.list(RUNS_SHOWN), "periods", PERIODS, "threshold", config.threshold(), "agents",
        start.choices());
    return "runs".equals(target) ? View.fragment("knowledge/_extraction", "runs", model) : View.page("knowledge/extraction", model);
  }

  /** One run with what validation refused. */
  @GET
  @Path("{id}")
  public View show(@PathParam("id") UUID id) {
    return View.page("knowledge/run", Map.of("run", runs.find(id), "refusals", runs.refusals(id), "shares", shares.list(id)));
  }

  /** Starts a run. One that sends more than a day to a provider is confirmed first, with an estimate that names the agent. */
  @POST
  @Allowed(Role.REVIEWER)
  public Response start(@FormParam("period") @DefaultValue("") String period, @FormParam("agent") @DefaultValue("") String agent,
      @FormParam("confirmed") boolean isConfirmed) {
    if (!PERIODS.contains(period)) {
      throw Problem.badRequest(LocalizedMessage.of("problem.extraction.period"));
    }
    UUID chosen = agent.matches("[0-9a-fA-F-]{36}") ? Query.uuid(agent) : null;
    ExtractionStart.Estimate estimate = isConfirmed || period.equals("last_24h") ? null : start.estimate(period, chosen).orElse(null);
    if (estimate != null) {
      return Response.ok(View.page("knowledge/extraction-confirm",
          Map.of("estimate", estimate, "period", period, "builtin", Agents.BUILTIN.toString()))).build();
    }
    return Response.seeOther(URI.create("/extraction/" + start.overPeriod(period, null, null, null, chosen, isConfirmed, identity.name())))
        .build();
  }

  @POST
  @Path("{id}/cancel")
  @Allowed(Role.REVIEWER)
  public Response cancel(@PathParam("id") UUID id) {
    runs.cancel(id);
    return Response.seeOther(URI.create("/extraction/" + id)).build();
  }
}
