package tasktracker.platform.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.log.LogContext;
import tasktracker.platform.trace.TraceSpan;
import tasktracker.platform.trace.RequestTracer;

/** Performs one attempt and judges how it ended. Whatever is thrown ends here, errors of the machine too. */
@ApplicationScoped
public class Worker {

  private static final Duration[] BOUNDS = {Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1),
      Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10)};
  private static final Duration WHILE_DATABASE_IS_AWAY = Duration.ofSeconds(1);
  private final CompletionWriter completions;
  private final MeterRegistry meters;
  private final RequestTracer traces;

  @SuppressWarnings("NullAway")
  protected Worker() {
    this(null, null, null); // for the container's proxy
  }

  @Inject
  public Worker(CompletionWriter completions, MeterRegistry meters, RequestTracer traces) {
    this.completions = completions;
    this.meters = meters;
    this.traces = traces;
  }

  void perform(ActiveRun run) {
    if (run.stopReason() != null) {
      end(run, stopped(run));
      return;
    }
    run.begin();
    long begun = System.nanoTime();
    JobOutcome verdict = attemptUnderItsName(run);
    measure(run, verdict.outcome(), System.nanoTime() - begun);
    end(run, verdict);
  }

  private void measure(ActiveRun run, String outcome, long tookNs) {
    Timer.builder("tasktracker.job.attempts").description("Attempts of this node at jobs, by kind and outcome")
        .tag("kind", run.claim().kind()).tag("outcome", outcome).serviceLevelObjectives(BOUNDS)
        .register(meters).record(Duration.ofNanos(tookNs));
  }

  /** A job that completed itself together with its last effect has nothing left to settle but its place on this node. */
  private void end(ActiveRun run, JobOutcome verdict) {
    if (run.end()) {
      completions.settle(run, verdict);
    }
  }

  @SuppressWarnings("try") // open is all that the log's context has to be
  private JobOutcome attemptUnderItsName(ActiveRun run) {
    Claim claim = run.claim();
    try (TraceSpan step = traces.job(claim.id(), claim.kind(), claim.attempt(), claim.traceOrigin());
        LogContext of = LogContext.ofJob(claim.id(), claim.kind()).tracedAs(step.traceId())) {
      JobOutcome verdict = attempt(run);
      step.ended(verdict.outcome());
      return verdict;
    }
  }

  private static JobOutcome attempt(ActiveRun run) {
    try {
      run.work().perform(run.claim().payload(), run);
      return run.wasTold() && !run.isCompleted() ? stopped(run) : JobOutcome.COMPLETED;
    } catch (JobDiscarded e) {
      return JobOutcome.discarded(e);
    } catch (JobSnoozed e) {
      return JobOutcome.snoozed(e);
    } catch (RetryAfter e) {
      return JobOutcome.failed(e, e.pause());
    } catch (Throwable e) {
      return failed(run, e);
    }
  }

  private static JobOutcome failed(ActiveRun run, Throwable fault) {
    if (run.stopReason() == ActiveRun.Stop.SHUTDOWN || run.stopReason() == ActiveRun.Stop.CANCELLED && fault instanceof InterruptedException) {
      return stopped(run);
    }
    if (DatabaseOutage.isCauseOf(fault)) {
      return JobOutcome.returned("The database was away: " + fault.getClass().getSimpleName(), WHILE_DATABASE_IS_AWAY);
    }
    return JobOutcome.failed(fault, Backoff.after(run.failures(), ThreadLocalRandom.current()));
  }

  private static JobOutcome stopped(ActiveRun run) {
    return run.stopReason() == ActiveRun.Stop.CANCELLED ? JobOutcome.cancelled()
        : JobOutcome.returned("The server stopped", Duration.ZERO);
  }

  /** Ends an attempt that has taken too long; its thread may still be at it. */
  boolean giveUp(ActiveRun run) {
    boolean ended = run.giveUp();
    if (ended) {
      completions.settle(run, JobOutcome.failed("It took longer than " + run.work().timeout().toSeconds() + " s",
          Backoff.after(run.failures(), ThreadLocalRandom.current())));
    }
    return ended;
  }

  /** Gives a job back that this node will not finish. */
  boolean giveBack(ActiveRun run) {
    run.stop(ActiveRun.Stop.SHUTDOWN);
    boolean ended = run.giveUp();
    if (ended) {
      completions.settle(run, stopped(run));
    }
    return ended;
  }
}
