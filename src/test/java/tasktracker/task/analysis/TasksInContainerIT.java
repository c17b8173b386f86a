package tasktracker.task.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tasktracker.harness.container.TestDeployment;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.MessageRevised;
import tasktracker.message.MessagesDeleted;
import tasktracker.message.Sources;
import tasktracker.person.People;
import tasktracker.person.Speaker;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.web.problem.Problem;
import tasktracker.project.ProjectFields;
import tasktracker.project.Projects;
import tasktracker.task.TaskFilter;
import tasktracker.task.TaskItem;
import tasktracker.task.TaskStatus;
import tasktracker.task.TaskStore;
import tasktracker.task.Tasks;
import tasktracker.task.analyst.SubtaskCandidate;
import tasktracker.task.analyst.TaskCandidate;
import tasktracker.task.analyst.TaskCategory;
import tasktracker.task.analyst.TaskPriority;
import tasktracker.task.proposal.ProposalDecisions;
import tasktracker.task.proposal.ProposalFilter;
import tasktracker.task.proposal.ProposalItem;
import tasktracker.task.proposal.ProposalStore;

/** What runs store and people decide, with the transactions of the container. */
@ExtendWith(ArquillianExtension.class)
@ResourceLock("the container")
class TasksInContainerIT {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final AnalystReason REASON = AnalystReason.of("list", 1);
  private static final int PEOPLE = 20;
  @Inject AnalysisRuns runs;
  @Inject WindowReader reader;
  @Inject ProposalStore proposals;
  @Inject ProposalDecisions decisions;
  @Inject Tasks tasks;
  @Inject TaskStore taskStore;
  @Inject Database database;
  @Inject Sources sources;
  @Inject People people;
  @Inject Projects projects;
  @Inject UserTransaction transaction;
  @Inject ExecutorService executor;
  @Inject Event<Object> events;
  /** Makes the texts of each test its own: all share one database. */
  private final String word = "w" + UUID.randomUUID().toString().substring(0, 8);
  private UUID source;
  private UUID chat;
  private UUID olena;
  private UUID run;
  private int said;

  @Deployment
  static WebArchive product() {
    return TestDeployment.with(TasksInContainerIT.class);
  }

  @BeforeEach
  void begin() {
    source = sources.getOrCreate(word, "telegram");
    chat = sources.getOrCreateChat(source, new ChatRef("group:" + word, ChatKind.GROUP, word));
    olena = people.identify(source, new Speaker("user:Olena", "Olena", null, null, null, null, false, false));
    run = insertRun("running", null);
  }

  @AfterEach
  void endRuns() {
    database.run(sql -> sql.execute("update analysis_run set status = 'cancelled' where status in ('pending', 'running', 'completed')"));
  }

  private UUID insertRun(String status, @Nullable UUID job) {
    UUID id = Ids.next();
    database.run(sql -> sql.execute("""
        insert into analysis_run (id, scope, trigger_type, status, analyst, time_window_start, time_window_end, config_snapshot, job_id,
                                  batches_total, created_by)
        values (?, ?, 'manual', ?, 'builtin', '2026-03-01', '2026-03-08', '{}', ?, 3, 'test')""", id, Ids.next(), status, job));
    return id;
  }

  private UUID says(String text) {
    return says(text, NOON.plusSeconds(said), "signal");
  }

  private UUID says(String text, Instant at, String messageClass) {
    UUID id = Ids.next();
    database.run(sql -> sql.execute("""
        insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at, noise_classification,
                             importance_score, scored_at)
        values (?, ?, ?, ?, ?, 'text', ?, sha256(convert_to(?, 'UTF8')), ?, ?, .5, now())""", id, source, chat, "m" + said++, olena, text,
        text, at.atOffset(java.time.ZoneOffset.UTC), messageClass));
    return id;
  }

  private long count(String query, Object... arguments) {
    return database.ask(sql -> sql.select(query, arguments).mapTo(Long.class).one());
  }

  private String textOf(UUID message) {
    return database.ask(sql -> sql.createQuery("select content from message where id = :id").bind("id", message).mapTo(String.class).one());
  }

  private TaskCandidate candidate(String key, String title, UUID quoted, SubtaskCandidate... parts) {
    return new TaskCandidate(key, title, "", TaskPriority.MEDIUM, TaskCategory.CHORE, List.of(), olena, "Olena", null, .8, REASON,
        List.of(new Quote(quoted, 0, 6)), List.of(parts));
  }

  private WindowReader.Batch batch(UUID... ids) {
    Map<UUID, Integer> revisions = new HashMap<>();
    List<AnalystMessage> read = new ArrayList<>();
    List<WindowReader.Candidate> candidates = new ArrayList<>();
    for (UUID id : ids) {
      revisions.put(id, (int) count("select revision from message where id = ?", id));
      read.add(new AnalystMessage(id, null, null, olena, "Olena", null, NOON, textOf(id), null, "signal", Map.of(), 0, true));
      candidates.add(new WindowReader.Candidate(id, chat, NOON));
    }
    return new WindowReader.Batch(read, revisions, Map.of(), candidates, new AnalysisPosition(chat, NOON, ids[ids.length - 1]));
  }

  private boolean store(WindowReader.Batch batch, TaskCandidate... found) {
    return store(batch, Map.of(), found);
  }

  private boolean store(WindowReader.Batch batch, Map<String, float[]> vectors, TaskCandidate... found) {
    return runs.store(run,
        new ProposalWriter.Input(List.of(found), batch, vectors, new ProposalWriter.Author("builtin", "test", run, null)), List.of());
  }

  private List<ProposalItem> found() {
    return proposals.list(new ProposalFilter(word, null, null, null, null, null, null), "oldest", 200, 0);
  }

  private ProposalItem propose(int number) {
    UUID message = says("please do number " + number + " of " + word);
    store(batch(message), candidate("k", "Do number " + number + " of " + word, message));
    return found().getLast();
  }

  private List<Object> inParallel(int people, java.util.function.IntFunction<Callable<?>> work) throws Exception {
    CountDownLatch begun = new CountDownLatch(people);
    List<Future<Object>> futures = IntStream.range(0, people).<Future<Object>>mapToObj(i -> executor.submit(() -> {
      begun.countDown();
      begun.await();
      try {
        return work.apply(i).call();
      } catch (Problem problem) {
        return problem;
      }
    })).toList();
    List<Object> results = new ArrayList<>();
    for (Future<Object> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  private AnalysisRunItem run() {
    return runs.find(run);
  }

  @Test
  void aBatchStoredTwiceProposesNothingTwice() {
    UUID message = says("please renew " + word);
    TaskCandidate found = candidate("k", "Renew " + word, message);
    store(batch(message), found);
    store(batch(message), found);
    assertThat(found()).singleElement().satisfies(proposal -> {
      assertThat(proposal.quotes()).singleElement().satisfies(quote -> assertThat(quote.quote()).isEqualTo("please"));
      assertThat(proposal.runId()).isEqualTo(run);
    });
    assertThat(run().batchesDone()).isEqualTo(2);
  }

  @Test
  void progressNeverGoesBackwards() {
    UUID message = says("please renew " + word);
    int last = 0;
    for (int i = 0; i < 5; i++) {
      store(batch(message));
      assertThat(run().percent()).isBetween(last, 100);
      last = run().percent();
    }
    assertThat(run().batchesCreated()).isEqualTo(5);
  }

  @Test
  void aRejectedTaskIsNeverProposedAgain() {
    ProposalItem proposal = propose(1);
    UUID decision = decisions.reject(proposal.id(), "not_relevant", proposal.revision(), "olena").id();
    UUID again = says("please do number 1 of " + word);
    store(batch(again), candidate("k", "DO number «1» of " + word + "!", again));
    assertThat(found()).hasSize(1);
    decisions.undo(decision, false, "olena");
    store(batch(again), candidate("k", "DO number «1» of " + word + "!", again));
    assertThat(found()).hasSize(2);
  }

  @Test
  void twentyApprovalsAtOnceMakeOneTask() throws Exception {
    ProposalItem proposal = propose(1);
    List<Object> results = inParallel(PEOPLE, i -> () -> decisions.approve(proposal.id(), null, "person" + i));
    assertThat(results.stream().filter(result -> !(result instanceof Problem))).hasSize(1);
    assertThat(taskStore.count(new TaskFilter(word, List.of(), null, null, null))).isEqualTo(1);
    assertThat(count("select count(*) from proposal_decision where proposal_id = ?", proposal.id())).isEqualTo(1);
    assertThat(results).filteredOn(Problem.class::isInstance)
        .allSatisfy(problem -> assertThat(((Problem) problem).status()).isEqualTo(409));
  }

  @Test
  void oneApprovesAndOneRejectsAtOnceMakesOneDecision() throws Exception {
    for (int round = 0; round < 5; round++) {
      ProposalItem proposal = propose(round);
      List<Object> results = inParallel(2, i -> () -> i == 0
          ? decisions.approve(proposal.id(), null, "olena")
          : decisions.reject(proposal.id(), "done", null, "kevin"));
      assertThat(results.stream().filter(Problem.class::isInstance)).hasSize(1);
      ProposalItem decided = proposals.find(proposal.id()).orElseThrow();
      assertThat(decided.taskId() != null).isEqualTo(decided.status().equals("approved"));
    }
  }

  @Test
  void aListBecomesATaskWithParts() {
    UUID message = says("please renew, test, tell " + word);
    store(batch(message), candidate("k", "Renew all of " + word, message,
        new SubtaskCandidate("Test " + word, null, "Kevin", null, false, new Quote(message, 0, 6)),
        new SubtaskCandidate("Tell " + word, null, null, null, true, new Quote(message, 0, 6))));
    ProposalDecisions.Decided decision = decisions.approve(found().getFirst().id(), null, "olena");
    UUID task = java.util.Objects.requireNonNull(decision.taskId());
    assertThat(taskStore.parts(task)).extracting("title", "status", "assigneeName")
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Test " + word, "open", "Kevin"),
            org.assertj.core.groups.Tuple.tuple("Tell " + word, "completed", null));
    decisions.undo(decision.id(), false, "olena");
    assertThat(taskStore.count(new TaskFilter(word, List.of(), null, null, null))).isZero();
    ProposalDecisions.Decided again = decisions.approve(found().getFirst().id(), null, "olena");
    UUID part = taskStore.parts(java.util.Objects.requireNonNull(again.taskId())).getFirst().id();
    tasks.change(part, Map.of("status", "completed"), null, "kevin");
    assertThatThrownBy(() -> decisions.undo(again.id(), false, "olena")).isInstanceOf(Problem.class).hasMessageContaining("was changed");
  }

  @Test
  void anApprovalIsNotUndoneUnderThePartsOfOthers() {
    ProposalDecisions.Decided decision = decisions.approve(propose(1).id(), null, "olena");
    UUID task = java.util.Objects.requireNonNull(decision.taskId());
    UUID part = tasks.create(Tasks.fields(tasks.find(task)), TaskStatus.OPEN, task, "kevin");
    assertThatThrownBy(() -> decisions.undo(decision.id(), false, "olena")).isInstanceOf(Problem.class);
    assertThat(taskStore.find(part)).isPresent();
  }

  @Test
  void anApprovalIsNotUndoneUnderAMergeIntoAPart() {
    UUID message = says("please do these of " + word);
    store(batch(message), candidate("k", "Do these of " + word, message,
        new SubtaskCandidate("Do the first of " + word, null, null, null, false, new Quote(message, 0, 6))));
    ProposalDecisions.Decided decision = decisions.approve(found().getLast().id(), null, "olena");
    TaskItem part = taskStore.parts(java.util.Objects.requireNonNull(decision.taskId())).getFirst();
    ProposalItem other = propose(2);
    decisions.merge(other.id(), part.id(), null, "kevin");
    assertThatThrownBy(() -> decisions.undo(decision.id(), false, "olena")).isInstanceOf(Problem.class);
    assertThat(taskStore.find(part.id())).isPresent();
  }

  @Test
  void aProjectStaysUntilItsRunHasEnded() {
    UUID project = projects.create(
        new ProjectFields(word, "", List.of(word), Map.of(), List.of(), List.of(), List.of(), List.of(), null, null, true), "olena");
    UUID open = runs.create(new AnalysisSelection(NOON, NOON.plusSeconds(60), project, true, false), AnalysisTrigger.MANUAL, null, "olena");
    assertThatThrownBy(() -> projects.delete(project)).isInstanceOf(Problem.class);
    database.run(sql -> sql.execute("update analysis_run set status = 'failed' where id = ?", open));
    projects.delete(project);
    assertThatThrownBy(() -> runs.retry(open, "olena")).as("it would read all messages").isInstanceOf(Problem.class);
  }

  @Test
  void aDecisionOfAClosedRunIsNotUndone() {
    ProposalDecisions.Decided decision = decisions.approve(propose(1).id(), null, "olena");
    database.run(sql -> sql.execute("update analysis_run set status = 'closed' where id = ?", run));
    assertThatThrownBy(() -> decisions.undo(decision.id(), false, "olena")).isInstanceOf(Problem.class);
    assertThat(taskStore.find(java.util.Objects.requireNonNull(decision.taskId()))).isPresent();
  }

  @Test
  void countersAddUpAfterAnyOrderOfDecisions() throws Exception {
    Random random = new Random(7);
    List<ProposalItem> all = IntStream.range(0, 12).mapToObj(this::propose).toList();
    UUID target = java.util.Objects.requireNonNull(decisions.approve(all.getFirst().id(), null, "olena").taskId());
    transaction.begin();
    database.run(sql -> sql.execute("update analysis_run set status = 'completed' where id = ?", run));
    transaction.commit();
    List<UUID> made = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      UUID proposal = all.get(1 + random.nextInt(11)).id();
      try {
        switch (random.nextInt(4)) {
          case 0 -> made.add(decisions.approve(proposal, null, "olena").id());
          case 1 -> made.add(decisions.reject(proposal, "done", null, "olena").id());
          case 2 -> made.add(decisions.merge(proposal, target, null, "olena").id());
          default -> Optional.of(made).filter(list -> !list.isEmpty())
              .ifPresent(list -> decisions.undo(list.remove(random.nextInt(list.size())), false, "olena"));
        }
      } catch (Problem decided) {
        assertThat(decided.status()).isEqualTo(409);
      }
      AnalysisRunItem now = run();
      assertThat(now.proposalsTotal()).isEqualTo(12)
          .isEqualTo(now.proposalsPending() + now.proposalsApproved() + now.proposalsRejected() + now.proposalsMerged());
      assertThat(now.status()).isEqualTo(now.proposalsPending() == 0 ? "reviewed" : "completed");
    }
  }

  @Test
  void aRunWithPendingProposalsCannotBeClosed() {
    ProposalItem proposal = propose(1);
    database.run(sql -> sql.execute("update analysis_run set status = 'completed' where id = ?", run));
    assertThatThrownBy(() -> runs.close(run)).isInstanceOf(Problem.class).satisfies(
        problem -> assertThat(((Problem) problem).status()).isEqualTo(400));
    decisions.reject(proposal.id(), "done", null, "olena");
    assertThat(run().status()).isEqualTo("reviewed");
    runs.close(run);
    assertThat(run().accuracyMetrics()).contains("\"rejection_rate\":1.0");
  }

  @Test
  void aSecondRunWhileOneIsOpenIsRefused() throws Exception {
    var selection = new AnalysisSelection(NOON, NOON.plusSeconds(1), null, false, false);
    List<Object> results = inParallel(4, i -> () -> runs.create(selection, AnalysisTrigger.MANUAL, null, "olena"));
    assertThat(results.stream().filter(Problem.class::isInstance)).hasSize(3);
  }

  @Test
  void aCancelledRunStoresNothingMore() {
    UUID message = says("please renew " + word);
    runs.cancel(run);
    assertThat(store(batch(message), candidate("k", "Renew " + word, message))).isFalse();
    assertThat(found()).isEmpty();
    assertThat(runs.begin(run)).isEmpty();
    assertThat(run().status()).isEqualTo("cancelled");
    assertThatThrownBy(() -> runs.cancel(run)).isInstanceOf(Problem.class);
  }

  @Test
  void aRunWhoseJobHasEndedFails() {
    UUID job = Ids.next();
    database.run(sql -> sql.execute("""
        insert into job (id, kind, queue, payload, state, max_attempts, finished_at)
        values (?, 'execute_analysis_run', 'default', '{}', 'dead', 5, now())""", job));
    run = insertRun("running", job);
    runs.failLost();
    assertThat(run().status()).isEqualTo("failed");
    assertThat(run().error()).isNotBlank();
  }

  @Test
  void aPauseSplitsBatchesAndShortTextsAreDropped() {
    Instant at = NOON.minusSeconds(10_000_000L + said);
    says("123456789", at, "signal"); // 9 characters
    UUID first = says("1234567890", at, "signal");
    UUID second = says("the same talk " + word, at.plusSeconds(600), "signal");
    UUID third = says("another talk " + word, at.plusSeconds(1201), "signal");
    says("noise of the chat " + word, at.plusSeconds(1202), "noise");
    var selection = new AnalysisSelection(at, at.plusSeconds(2000), null, false, false);
    List<List<UUID>> batches = batches(selection);
    assertThat(batches).containsExactly(List.of(first, second), List.of(third));
    assertThat(runs.estimate(selection)).extracting("messagesInWindow", "messagesAfterPrefilter", "batches").containsExactly(5L, 3L, 2);
    assertThat(batches(new AnalysisSelection(at, at.plusSeconds(2000), null, false, true)).getLast()).hasSize(2);
  }

  @Test
  void aBatchHasAtMostFiftyMessages() {
    Instant at = NOON.minusSeconds(20_000_000L);
    for (int i = 0; i < 51; i++) {
      says("message " + i + " of " + word, at.plusSeconds(i), "signal");
    }
    var selection = new AnalysisSelection(at, at.plusSeconds(2000), null, false, false);
    assertThat(batches(selection)).extracting(List::size).containsExactly(50, 1);
    assertThat(runs.estimate(selection).batches()).isEqualTo(2);
  }

  private List<List<UUID>> batches(AnalysisSelection selection) {
    List<List<UUID>> batches = new ArrayList<>();
    AnalysisPosition position = null;
    for (var next = reader.next(selection, position); next.isPresent(); next = reader.next(selection, position)) {
      batches.add(next.get().candidates().stream().map(WindowReader.Candidate::id).toList());
      position = next.get().last();
    }
    return batches;
  }

  @Test
  void whatWasDroppedIsReadAsContext() {
    Instant at = NOON.minusSeconds(30_000_000L);
    says("can you renew the certificate " + word, at, "signal");
    UUID short1 = says("ok", at.plusSeconds(5), "noise");
    WindowReader.Batch batch = reader.next(new AnalysisSelection(at, at.plusSeconds(60), null, false, false), null).orElseThrow();
    assertThat(batch.candidates()).hasSize(1);
    assertThat(batch.messages()).filteredOn(message -> !message.isCandidate()).extracting(AnalystMessage::id).containsExactly(short1);
  }

  @Test
  void anEditWhileABatchIsReadStoresNothing() {
    UUID message = says("please renew " + word);
    WindowReader.Batch read = batch(message);
    database.run(sql -> sql.execute("update message set content = 'never mind', revision = revision + 1 where id = ?", message));
    assertThatThrownBy(() -> store(read, candidate("k", "Renew " + word, message))).isInstanceOf(MessagesEdited.class);
    assertThat(found()).isEmpty();
    assertThat(run().batchesDone()).isZero();
  }

  @Test
  void aCompletedRunWithoutProposalsIsReviewed() {
    runs.complete(run, new DoneJob());
    assertThat(run().status()).isEqualTo("reviewed");
  }

  private static float[] vector(double tilt) {
    float[] vector = new float[384];
    vector[0] = (float) Math.sqrt(1 - tilt * tilt);
    vector[1] = (float) tilt;
    return vector;
  }

  private ProposalItem again(String title, double tilt) {
    UUID message = says("please do it again, " + word);
    store(batch(message), Map.of("k", vector(tilt)), candidate("k", title, message));
    return found().stream().filter(proposal -> proposal.quotes().getFirst().messageId().equals(message)).findFirst().orElseThrow();
  }

  @Test
  void aDuplicateIsRecommendedByTitleSourcesAndMeaning() {
    ProposalItem first = again("Renew the certificate of " + word, 0);
    assertThat(first).extracting("similarityType", "recommendation").containsExactly("none", "new_task");
    ProposalItem title = again("RENEW the certificate of " + word + "!", 1);
    assertThat(title).extracting("similarityType", "recommendation", "similarProposal").containsExactly("same_title", "reject", first.id());
    UUID task = java.util.Objects.requireNonNull(decisions.approve(first.id(), null, "olena").taskId());
    ProposalItem same = again("Renew a certificate of " + word, .05);
    assertThat(same).extracting("similarityType", "recommendation", "similarTask").containsExactly("semantic", "merge", task);
    assertThat(same.similarity()).isBetween(.95, 1.0);
    ProposalItem similar = again("Renew the certificate for " + word, .45);
    assertThat(similar).extracting("similarityType", "recommendation", "similarTask").containsExactly("semantic", "update_existing", task);
    assertThat(again("Renew certificate 2 of " + word, .05).similarityType()).as("another number").isEqualTo("none");
    assertThat(again("Ask Kevin about " + word, .8).similarityType()).as("another meaning").isEqualTo("none");
    store(batch(first.quotes().getFirst().messageId()),
        candidate("k", "Have the certificate renewed, " + word, first.quotes().getFirst().messageId()));
    assertThat(found()).filteredOn(found -> found.title().startsWith("Have")).singleElement()
        .extracting("similarityType", "recommendation", "similarTask").containsExactly("exact_messages", "merge", task);
  }

  @Test
  void aMergedProposalBringsItsWordsToTheTask() {
    UUID task = java.util.Objects.requireNonNull(decisions.approve(propose(1).id(), null, "olena").taskId());
    ProposalItem other = propose(2);
    UUID merge = decisions.merge(other.id(), task, other.revision(), "kevin").id();
    assertThat(proposals.ofTask(task)).extracting(ProposalItem::status).containsExactly("approved", "merged");
    assertThat(taskStore.changes(task)).extracting("action").containsExactly("merged", "created");
    assertThatThrownBy(() -> decisions.undo(merge, false, "olena")).as("of somebody else").isInstanceOf(Problem.class);
    decisions.undo(merge, true, "olena");
    assertThat(proposals.ofTask(task)).hasSize(1);
  }

  @Test
  void aChangeOfATaskIsUndoneUntilTheNextOne() {
    UUID task = java.util.Objects.requireNonNull(decisions.approve(propose(1).id(), null, "olena").taskId());
    tasks.change(task, Map.of("status", "completed", "due_on", "2026-03-31"), 1, "olena");
    UUID change = taskStore.changes(task).getFirst().id();
    assertThat(tasks.undo(change, "kevin")).extracting("status", "dueOn", "completedAt").containsExactly("open", null, null);
    tasks.undo(change, "kevin");
    assertThat(taskStore.changes(task)).extracting("action").containsExactly("undone", "edited", "created");
    tasks.change(task, Map.of("title", "One"), null, "olena");
    UUID first = taskStore.changes(task).getFirst().id();
    tasks.change(task, Map.of("title", "Two"), null, "olena");
    assertThatThrownBy(() -> tasks.undo(first, "olena")).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> tasks.change(task, Map.of("assignee_id", UUID.randomUUID().toString()), null, "olena"))
        .isInstanceOf(Problem.class);
    assertThat(tasks.change(task, Map.of("assignee_id", olena.toString()), null, "olena").assigneeName()).isEqualTo("Olena");
  }

  @Test
  void editsAndDeletionsOfQuotedMessagesAreTold() throws Exception {
    ProposalItem proposal = propose(1);
    UUID message = proposal.quotes().getFirst().messageId();
    revise(new MessageRevised(message, 2, "never mind " + word));
    assertThat(proposals.find(proposal.id()).orElseThrow()).extracting("status", "reviewNote").containsExactly("pending",
        "evidence_changed");
    revise(new MessageRevised(message, 3, "well, please do it " + word));
    ProposalItem now = proposals.find(proposal.id()).orElseThrow();
    assertThat(now.reviewNote()).isNull();
    assertThat(now.quotes().getFirst()).extracting("quote", "startAt", "state").containsExactly("please", 6, "valid");
    revise(new MessagesDeleted(List.of(message)));
    assertThat(proposals.find(proposal.id()).orElseThrow().reviewNote()).isEqualTo("evidence_deleted");
    assertThat(proposals.find(proposal.id()).orElseThrow().quotes().getFirst().quote()).isEqualTo("please");
  }

  private void revise(Object event) throws Exception {
    transaction.begin();
    events.fire(event);
    transaction.commit();
  }

  /** A job that has nothing left to do. */
  private static final class DoneJob implements JobRun {
    @Override
    public UUID jobId() {
      return new UUID(0, 0);
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public void progress(long done, long total, String note) {
      // Nobody looks.
    }

    @Override
    public boolean stopRequested() {
      return false;
    }

    @Override
    public void complete() {
      // There is no job.
    }
  }
}
