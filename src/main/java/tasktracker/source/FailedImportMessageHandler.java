package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;
import tasktracker.platform.web.json.Json;

/** Retries messages that could not be stored with their batch. */
@ApplicationScoped
public class FailedImportMessageHandler implements FailedItemHandler {

  /** Kind of the failed items. */
  static final String KIND = "import_message";

  private final Imports imports;
  private final FailedItems failedItems;

  @Inject
  public FailedImportMessageHandler(Imports imports, FailedItems failedItems) {
    this.imports = imports;
    this.failedItems = failedItems;
  }

  @Override
  public String failedKind() {
    return KIND;
  }

  @Override
  public void retry(List<FailedItem> items) {
    for (FailedItem item : items) {
      ItemIsolation.run(List.of(item), one -> store(one.getFirst()), (failed, cause) -> failedItems.record(KIND, repeated(failed, cause)));
    }
  }

  private static FailedItems.Failure repeated(FailedItem failed, Throwable cause) {
    return new FailedItems.Failure(failed.item(), null, failed.importId(), null, cause);
  }

  private void store(FailedItem item) {
    @Nullable
    UUID id = item.importId();
    @Nullable
    String message = failedItems.payload(item.id()).orElse(null);
    if (id != null && message != null) {
      imports.retryFailedMessage(id, Json.jsonb().fromJson(message, IncomingMessage.class));
    }
  }
}
