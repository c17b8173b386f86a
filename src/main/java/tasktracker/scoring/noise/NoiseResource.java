package tasktracker.scoring.noise;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.message.feed.Feed;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.scoring.Scoring;
import tasktracker.scoring.ScoringBacklog;

/** REST endpoints for noise statistics and for scoring. */
@RequestScoped
@Path("/api/v1/noise")
@Produces(MediaType.APPLICATION_JSON)
public class NoiseResource {

  private static final int TREND_DAYS = 7;

  /** One day of the trend. */
  public record TrendDay(LocalDate date, long signal, long noise, long weakSignal) {}

  /** A chat and its number of noise messages. */
  public record NoiseSource(String name, long count) {}

  /** Totals of all messages, and the trend and the noisiest chats of the last seven days. */
  public record Stats(long totalMessages, long signalCount, long noiseCount, double signalRatio, long needsReview, long spamCount,
      long unscored, List<TrendDay> trend, List<NoiseSource> topNoiseSources) {}

  /** The response after a job was enqueued that scores one message. */
  public record Queued(String status, UUID messageId, UUID jobId) {}

  /** The response after a job was enqueued that scores the newest unscored messages. */
  public record BatchQueued(String status, long messagesQueued, long totalUnscored, UUID jobId) {}

  @Inject NoiseReport report;
  @Inject ScoringBacklog backlog;
  @Inject Scoring scoring;
  @Inject Feed feed;
  @Inject Clock clock;
  @Context HttpServletRequest request;

  @GET
  @Path("stats")
  public Stats stats() {
    Map<String, Long> totals = report.countByClass();
    long total = totals.values().stream().mapToLong(Long::longValue).sum();
    long signal = totals.getOrDefault("signal", 0L);
    NoiseReport.Report week = report.compute(new NoisePeriod(TREND_DAYS, LocalDate.ofInstant(clock.instant(), zone()), zone()));
    return new Stats(total, signal, totals.getOrDefault("noise", 0L), total == 0 ? 0 : (double) signal / total,
        totals.getOrDefault("weak_signal", 0L), totals.getOrDefault("spam", 0L), totals.getOrDefault("unscored", 0L),
        week.days().stream().map(d -> new TrendDay(d.date(), d.signal(), d.noise(), d.weakSignal())).toList(),
        week.noisiest().stream().map(c -> new NoiseSource(c.name(), c.count())).toList());
  }

  private ZoneId zone() {
    return Preferences.of(request).timeZone();
  }

  /** Enqueues a job that scores one message again. */
  @POST
  @Path("score/{id}")
  @ResponseType(status = 202, value = Queued.class)
  public Response score(@PathParam("id") UUID id) {
    if (feed.find(id).isEmpty()) {
      throw Problem.notFound("message with this id");
    }
    return Response.accepted(new Queued("queued", id, scoring.rescore(id))).build();
  }

  /** Enqueues a job that scores the newest unscored messages. */
  @POST
  @Path("score-batch")
  @QueryParameters("limit")
  @ResponseType(status = 202, value = BatchQueued.class)
  public Response scoreBatch(@BeanParam Query query) {
    int limit = query.number("limit", 100, 1, 1000);
    long unscored = backlog.countUnscored();
    return Response.accepted(new BatchQueued("queued", Math.min(limit, unscored), unscored, scoring.scoreBacklog(limit))).build();
  }
}
