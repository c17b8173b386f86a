package tasktracker.platform.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Retries the failed items that are due. */
@Kind("retry_failed_items_task")
public record RetryFailedItems() implements Job {

  /** Passes due failed items to the handlers of their kinds. A migration schedules it; manual retries enqueue it. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<RetryFailedItems> {

    private static final int BATCH = 100;

    private final FailedItems failedItems;
    private final Map<String, FailedItemHandler> handlers;

    @Inject
    public Handler(FailedItems failedItems, @Any Instance<FailedItemHandler> handlers) {
      this(failedItems, StreamSupport.stream(handlers.spliterator(), false).toList());
    }

    Handler(FailedItems failedItems, List<FailedItemHandler> handlers) {
      this.failedItems = failedItems;
      this.handlers = handlers.stream().collect(Collectors.toMap(FailedItemHandler::failedKind, Function.identity()));
    }

    @Override
    public Class<RetryFailedItems> kind() {
      return RetryFailedItems.class;
    }

    @Override
    public void perform(RetryFailedItems job, JobRun run) {
      long done = 0;
      for (FailedItemHandler handler : handlers.values()) {
        List<FailedItem> due = failedItems.claim(handler.failedKind(), BATCH);
        while (!due.isEmpty() && !run.stopRequested()) {
          handler.retry(due);
          failedItems.removeRetried(due);
          done += due.size();
          run.progress(done, 0, "");
          due = failedItems.claim(handler.failedKind(), BATCH);
        }
      }
    }
  }
}
