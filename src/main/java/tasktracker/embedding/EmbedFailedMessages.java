package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;

/** Embeds messages again that could not be embedded. */
@ApplicationScoped
public class EmbedFailedMessages implements FailedItemHandler {

  private final Embeddings embeddings;

  @Inject
  public EmbedFailedMessages(Embeddings embeddings) {
    this.embeddings = embeddings;
  }

  @Override
  public String failedKind() {
    return Embeddings.KIND;
  }

  @Override
  public void retry(List<FailedItem> items) {
    embeddings.embed(items.stream().map(FailedItem::messageId).toList());
  }
}
