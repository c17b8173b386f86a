package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import tasktracker.platform.web.problem.Problem;

/** Stores messages that API clients send, each together with its source in one transaction. */
@ApplicationScoped
public class ApiMessageReceiver {

  private final Messages messages;
  private final Sources sources;

  @Inject
  public ApiMessageReceiver(Messages messages, Sources sources) {
    this.messages = messages;
    this.sources = sources;
  }

  /** @throws Problem 404 when the message refers to a source that does not exist */
  @Transactional
  public ReceiveResult receive(NewMessage message) {
    UUID source = message.sourceId() == null
        ? sources.getOrCreate(message.sourceName(), "api")
        : sources.find(message.sourceId()).map(Sources.Source::id).orElseThrow(() -> Problem.notFound("source with this id"));
    return messages.receive(source, message.incoming());
  }
}
