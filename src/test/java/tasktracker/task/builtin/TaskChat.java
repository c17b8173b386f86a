package tasktracker.task.builtin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.task.analyst.ChatPerson;
import tasktracker.task.analyst.DateEntity;
import tasktracker.task.analyst.DecidedTask;
import tasktracker.task.analyst.TaskAnalystInput;
import tasktracker.task.analyst.TaskCandidate;

/** Builds a small chat for the task analyst, without vectors and scores: two minutes apart from Wednesday, 4 November 2026, 11:00. */
final class TaskChat {

  static final ZoneId ZONE = ZoneId.of("Europe/Kyiv");
  private static final int MIN_LENGTH = 10;

  private final List<AnalystMessage> messages = new ArrayList<>();
  private final List<ChatPerson> people = new ArrayList<>();
  private final List<DateEntity> dates = new ArrayList<>();
  private final List<DecidedTask> decided = new ArrayList<>();
  private Instant time = Instant.parse("2026-11-04T09:00:00Z");
  private String thread;

  static UUID person(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  static UUID id(int number) {
    return new UUID(0, number);
  }

  TaskChat member(String name, String username) {
    people.add(new ChatPerson(person(name), name, username));
    return this;
  }

  TaskChat says(String author, String text) {
    return add(author, null, text);
  }

  TaskChat replies(String author, int to, String text) {
    return add(author, id(to), text);
  }

  TaskChat in(String forumTopic) {
    thread = forumTopic;
    return this;
  }

  TaskChat marked(int message, int start, int end, Instant at) {
    dates.add(new DateEntity(id(message), start, end, at));
    return this;
  }

  TaskChat decided(String text, boolean isApproved) {
    decided.add(new DecidedTask(text, null, isApproved));
    return this;
  }

  private TaskChat add(String author, UUID replyTo, String text) {
    time = time.plusSeconds(120);
    boolean isCandidate = text.length() >= MIN_LENGTH && !MessageClassifier.shared().hasLowContent(text);
    messages.add(new AnalystMessage(id(messages.size() + 1), thread, thread, person(author), author, replyTo, time, text, null, null,
        Map.of(), 0, isCandidate));
    return this;
  }

  AnalystMessage message(UUID id) {
    return messages.get((int) id.getLeastSignificantBits() - 1);
  }

  TaskAnalystInput input() {
    return new TaskAnalystInput(messages, people, Map.of(), ZONE, dates, decided, 100);
  }

  List<TaskCandidate> analyze() {
    return new BuiltInTaskAnalyst().analyze(input());
  }

  /** The words of the due date; {@code -} without one. */
  String due(TaskCandidate task) {
    return task.due() == null
        ? "-"
        : message(task.due().quote().messageId()).text().substring(task.due().quote().start(), task.due().quote().end());
  }
}
