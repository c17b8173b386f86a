package tasktracker.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.message.MessageReceived;
import tasktracker.message.MessageRevised;
import tasktracker.message.MessagesStored;

/** Keeps the projects of messages, in the transaction that stores or changes a message. */
@ApplicationScoped
public class MessageProjects {

  private final ProjectStore store;
  private final Projects projects;

  @Inject
  public MessageProjects(ProjectStore store, Projects projects) {
    this.store = store;
    this.projects = projects;
  }

  void on(@Observes MessageReceived event) {
    classify(List.of(event.messageId()));
  }

  void on(@Observes MessageRevised event) {
    classify(List.of(event.messageId()));
  }

  void on(@Observes MessagesStored event) {
    classify(event.messages().stream().map(MessagesStored.Stored::id).toList());
  }

  private void classify(Collection<UUID> ids) {
    ProjectMatcher matcher = projects.matcher();
    if (!matcher.isEmpty()) {
      save(store.findMessages(ids), matcher);
    }
  }

  /** Saves the projects of a batch of messages. */
  @Transactional
  public void save(List<ProjectStore.Text> batch, ProjectMatcher matcher) {
    Map<UUID, ProjectMatcher.Match> matches = new HashMap<>();
    batch.forEach(message -> matcher.match(message.content()).ifPresent(match -> matches.put(message.id(), match)));
    store.saveMatches(batch, matches);
  }
}
