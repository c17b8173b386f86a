package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Queue;
import tasktracker.scoring.MessagesScored;

/** After messages were scored, looks whether an extraction is due; at most once in ten seconds, however many are scored. */
@ApplicationScoped
public class ExtractionTrigger {

  private static final long INTERVAL_SECONDS = 10;
  private final Jobs jobs;
  private final ExtractionConfig config;
  private final Clock clock;

  @Inject
  public ExtractionTrigger(Jobs jobs, ExtractionConfig config, Clock clock) {
    this.jobs = jobs;
    this.config = config;
    this.clock = clock;
  }

  void on(@Observes MessagesScored event) {
    if (config.isAutomatic() && event.signals() > 0) {
      long slot = clock.instant().getEpochSecond() / INTERVAL_SECONDS;
      jobs.enqueue(new StartDueExtraction(event.isHistory()),
          new Jobs.Options(Queue.BULK, (event.isHistory() ? "extraction-due-history:" : "extraction-due:") + slot,
              Duration.ofSeconds(INTERVAL_SECONDS)));
    }
  }
}
