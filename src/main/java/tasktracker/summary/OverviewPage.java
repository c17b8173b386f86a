package tasktracker.summary;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Public;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.DateParser;
import tasktracker.platform.web.template.View;

/** The overview, which is the start page. */
@Path("/")
public class OverviewPage {

  @Inject private Overview overview;
  @Inject private OverviewKnowledge knowledge;
  @Inject private StartSteps steps;
  @Inject private Identity identity;
  @Context private HttpServletRequest request;
  @QueryParam("period") private @Nullable String name;
  @QueryParam("from") private @Nullable String from;
  @QueryParam("until") private @Nullable String until;

  /** Name and status of the product for programs. */
  @GET
  @Public
  @Produces("application/json;qs=1")
  public Map<String, String> status() {
    return Map.of("name", "Task Tracker", "message", "Task Tracker", "status", "running");
  }

  @GET
  @Produces("text/html;qs=0.5")
  public View page() {
    LocalDate oldest = overview.oldest(zone()).orElse(null);
    if (oldest == null) {
      return View.page("overview/empty", Map.of());
    }
    Period period = period(oldest);
    Map<String, Object> model = new HashMap<>(top(period));
    model.putAll(lists(period));
    model.putAll(activity(period));
    model.putAll(knowledge());
    model.put("start", start());
    return View.page("overview/page", model);
  }

  /** The first steps; null when they are done or the account does not want to see them. */
  private StartSteps.@Nullable Steps start() {
    if (steps.isSkipped(identity.accountId())) {
      return null;
    }
    StartSteps.Steps found = steps.steps(Preferences.of(request).locale());
    return found.complete() ? null : found;
  }

  /** Summary and counts, for a refresh. */
  @GET
  @Path("overview/top")
  @Produces(MediaType.TEXT_HTML)
  public View top() {
    return View.fragment("overview/_parts", "top", top(period(overview.oldest(zone()).orElse(today()))));
  }

  /** Lists of the newest messages, for a refresh. */
  @GET
  @Path("overview/lists")
  @Produces(MediaType.TEXT_HTML)
  public View lists() {
    return View.fragment("overview/_parts", "lists", lists(period(overview.oldest(zone()).orElse(today()))));
  }

  /** Newest decisions and open questions, for a refresh. */
  @GET
  @Path("overview/knowledge")
  @Produces(MediaType.TEXT_HTML)
  public View renderKnowledge() {
    return View.fragment("overview/_parts", "knowledge", knowledge());
  }

  /** Charts and chats, for a refresh. */
  @GET
  @Path("overview/activity")
  @Produces(MediaType.TEXT_HTML)
  public View activity() {
    Period period = period(overview.oldest(zone()).orElse(today()));
    Map<String, Object> model = new HashMap<>(activity(period));
    model.put("now", overview.figures(period));
    return View.fragment("overview/_parts", "activity", model);
  }

  private Map<String, Object> top(Period period) {
    Map<String, Long> now = overview.figures(period);
    OverviewFigures figures = new OverviewFigures(period, now, overview.figures(period.before()));
    return Map.of("period", period, "periods", Period.NAMES, "now", now, "figures", figures, "waiting",
        knowledge.countWaiting(period, figures.weak()));
  }

  private Map<String, Object> lists(Period period) {
    return Map.of("period", period, "signals", overview.newest(period, Set.of("signal")), "recent", overview.newest(period, Set.of()));
  }

  private Map<String, Object> knowledge() {
    return Map.of("decisions", knowledge.newestDecisions(), "questions", knowledge.openQuestions());
  }

  private Map<String, Object> activity(Period period) {
    long[] hours = overview.hoursOfTheWeek(period);
    return Map.of("period", period, "trend", ActivityTrend.of(period, overview.slices(period)),
        "heats", List.of(ActivityHeatmap.of(period, hours, 1), ActivityHeatmap.of(period, hours, 4)), "chats", overview.chats(period));
  }

  /** The requested period, or by default the shortest one with messages. */
  private Period period(LocalDate oldest) {
    try {
      if (from != null && until != null) {
        return Period.custom(DateParser.parseDay(from), DateParser.parseDay(until), zone());
      }
      return name != null
          ? Period.of(name, today(), oldest, zone())
          : Stream.of("7d", "30d").map(usual -> Period.of(usual, today(), oldest, zone())).filter(overview::hasMessages).findFirst()
              .orElseGet(() -> Period.of("all", today(), oldest, zone()));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.period", String.valueOf(e.getMessage())));
    }
  }

  private LocalDate today() {
    return LocalDate.now(zone());
  }

  private ZoneId zone() {
    return Preferences.of(request).timeZone();
  }
}
