package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/** Keeps messages that programs hand in, each with its source in one transaction. */
@ApplicationScoped
public class ApiMessageReceiver {

  private @Nullable Messages messages;
  private @Nullable Sources sources;

  protected ApiMessageReceiver() {}

  @Inject
  public ApiMessageReceiver(Messages messages, Sources sources) {
    this.messages = messages;
    this.sources = sources;
  }

  /** @throws Problem 404 when the message names a source that there is not */
  @Transactional
  public ReceiveResult receive(NewMessage message) {
    UUID source = message.sourceId() == null ? sources.named(message.sourceName(), "api")
        : sources.find(message.sourceId()).map(Sources.Source::id).orElseThrow(() -> Problem.notFound("source with this id"));
    return messages.receive(source, message.incoming());
  }
}
