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
import tasktracker.platform.web.Json;

/** Stores messages of imports that could not be stored when their batches were. */
@ApplicationScoped
public class FailedImportMessageHandler implements FailedItemHandler {

  /** What they are listed as. */
  static final String KIND = "import_message";

  private @Nullable Imports imports;
  private @Nullable FailedItems failedItems;

  protected FailedImportMessageHandler() {}

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
      ItemIsolation.run(List.of(item), one -> store(one.getFirst()), (failed, cause) -> failedItems.record(KIND, again(failed, cause)));
    }
  }

  private static FailedItems.Failure again(FailedItem failed, Throwable cause) {
    return new FailedItems.Failure(failed.item(), null, failed.importId(), null, cause);
  }

  private void store(FailedItem item) {
    @Nullable UUID id = item.importId();
    @Nullable String message = failedItems.payload(item.id()).orElse(null);
    if (id != null && message != null) {
      imports.takeSetAside(id, Json.jsonb().fromJson(message, IncomingMessage.class));
    }
  }
}
