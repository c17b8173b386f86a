package tasktracker.platform.job.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.platform.job.RetryAfter;
import tasktracker.platform.log.LogContext;
import tasktracker.platform.trace.Traceparent;

/** Runs one attempt and determines its outcome. Catches everything that a handler throws, including errors of the JVM. */
@ApplicationScoped
public class Worker {

  private static final Duration[] DURATION_BUCKETS = {Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1),
      Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10)};
  private static final Duration OUTAGE_DELAY = Duration.ofSeconds(1);
  private static final AttributeKey<String> JOB = AttributeKey.stringKey("tasktracker.job.id");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("tasktracker.job.kind");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("tasktracker.job.attempt");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("tasktracker.job.outcome");
  private final CompletionWriter completions;
  private final MeterRegistry meters;
  private final Tracer tracer;

  @Inject
  public Worker(CompletionWriter completions, MeterRegistry meters, Tracer tracer) {
    this.completions = completions;
    this.meters = meters;
    this.tracer = tracer;
  }

  void run(ActiveRun run) {
    if (run.stopReason() != null) {
      end(run, stopped(run));
      return;
    }
    run.start();
    long startNs = System.nanoTime();
    JobOutcome outcome = executeTraced(run);
    measure(run, outcome.attemptOutcome(), System.nanoTime() - startNs);
    end(run, outcome);
  }

  private void measure(ActiveRun run, String outcome, long durationNs) {
    Timer.builder("tasktracker.job.attempts").description("Attempts of this node at jobs, by kind and outcome")
        .tag("kind", run.claim().kind()).tag("outcome", outcome).serviceLevelObjectives(DURATION_BUCKETS)
        .register(meters).record(Duration.ofNanos(durationNs));
  }

  /** Submits the outcome, also of a job that completed itself: it is still in the list of active runs. */
  private void end(ActiveRun run, JobOutcome outcome) {
    if (run.end()) {
      completions.submit(run, outcome);
    }
  }

  @SuppressWarnings("try") // the scope and the log context only have to be open
  private JobOutcome executeTraced(ActiveRun run) {
    Claim claim = run.claim();
    Span span = startSpan(claim);
    try (Scope current = span.makeCurrent();
        LogContext of = LogContext.ofJob(claim.id(), claim.kind()).tracedAs(span.getSpanContext())) {
      JobOutcome outcome = execute(run);
      recordOutcome(span, outcome.attemptOutcome());
      return outcome;
    } finally {
      span.end();
    }
  }

  /** An attempt is a trace of its own, linked to what enqueued the job; an import would be one trace of all its jobs. */
  private Span startSpan(Claim claim) {
    return tracer.spanBuilder(claim.kind()).setSpanKind(SpanKind.CONSUMER).setNoParent()
        .setAttribute(JOB, claim.id().toString()).setAttribute(KIND, claim.kind()).setAttribute(ATTEMPT, claim.attempt())
        .addLink(Traceparent.parse(claim.traceOrigin())).startSpan();
  }

  private static void recordOutcome(Span span, String outcome) {
    span.setAttribute(OUTCOME, outcome);
    if (outcome.equals("failed")) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  private static JobOutcome execute(ActiveRun run) {
    try {
      run.kind().handle(run.claim().payload(), run);
      return run.hasObservedStop() && !run.isCompleted() ? stopped(run) : JobOutcome.COMPLETED;
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

  private static JobOutcome failed(ActiveRun run, Throwable failure) {
    if (run.stopReason() == ActiveRun.Stop.SHUTDOWN
        || run.stopReason() == ActiveRun.Stop.CANCELLED && failure instanceof InterruptedException) {
      return stopped(run);
    }
    if (DatabaseOutage.isCauseOf(failure)) {
      return JobOutcome.returned("The database was unavailable: " + failure.getClass().getSimpleName(), OUTAGE_DELAY);
    }
    return JobOutcome.failed(failure, Backoff.after(run.failures(), ThreadLocalRandom.current()));
  }

  private static JobOutcome stopped(ActiveRun run) {
    return run.stopReason() == ActiveRun.Stop.CANCELLED
        ? JobOutcome.cancelled()
        : JobOutcome.returned("The server stopped", Duration.ZERO);
  }

  /** Ends an attempt that exceeded its timeout. Its handler may still be running. */
  boolean timeOut(ActiveRun run) {
    boolean ended = run.abort();
    if (ended) {
      completions.submit(run, JobOutcome.failed("It took longer than " + run.kind().timeout().toSeconds() + " s",
          Backoff.after(run.failures(), ThreadLocalRandom.current())));
    }
    return ended;
  }

  /** Returns a job to the queue that this node will not finish. */
  boolean returnToQueue(ActiveRun run) {
    run.requestStop(ActiveRun.Stop.SHUTDOWN);
    boolean ended = run.abort();
    if (ended) {
      completions.submit(run, stopped(run));
    }
    return ended;
  }
}
