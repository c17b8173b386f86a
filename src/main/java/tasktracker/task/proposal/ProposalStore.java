package tasktracker.task.proposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.NormalizedText;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.platform.data.Database;
import tasktracker.task.TaskFields;
import tasktracker.task.analyst.DecidedTask;

/** SQL statements about proposals. All join the caller's transaction. */
@ApplicationScoped
public class ProposalStore {

  /** How a list is sorted. */
  public static final Map<String, String> ORDERS = Map.of("confidence", "p.confidence desc, p.id", "newest", "p.created_at desc, p.id desc",
      "oldest", "p.said_at, p.id", "decided", "p.decided_at desc nulls last, p.id desc");
  /** Above this number, counts say "more than". */
  public static final int COUNT_LIMIT = 10_000;

  private final Database database;

  @Inject
  public ProposalStore(Database database) {
    this.database = database;
  }

  public Optional<ProposalItem> find(UUID id) {
    return find(List.of(id)).stream().findFirst();
  }

  /** Finds proposals, in the order of the ids; those that do not exist are left out. */
  public List<ProposalItem> find(List<UUID> ids) {
    return complete(database.ask(sql -> sql.createQuery(ProposalItem.SELECT + "where p.id = any(:ids) order by array_position(:ids, p.id)")
        .bindArray("ids", UUID.class, ids.toArray()).map(Database.to(ProposalItem.Row.class)).list()));
  }

  /**
   * Lists proposals with their quotes.
   *
   * @param order a key of {@link #ORDERS}
   */
  public List<ProposalItem> list(ProposalFilter filter, String order, int limit, int skip) {
    return complete(database.ask(sql -> sql.createQuery(ProposalItem.SELECT + "where " + filter.condition() + " order by "
        + ORDERS.get(order) + " limit :limit offset :skip").bindMap(filter.values()).bind("limit", limit).bind("skip", skip)
        .map(Database.to(ProposalItem.Row.class)).list()));
  }

  /** Lists the proposals that became a task or were merged into it, by when they were said. */
  public List<ProposalItem> ofTask(UUID task) {
    return complete(database.ask(sql -> sql.createQuery(ProposalItem.SELECT + "where p.task_id = :task order by p.said_at, p.id limit 200")
        .bind("task", task).map(Database.to(ProposalItem.Row.class)).list()));
  }

  /** Lists the proposals that quote a message, without those that were rejected. */
  public List<ProposalItem> ofMessage(UUID message, int limit) {
    return complete(database.ask(sql -> sql.createQuery(ProposalItem.SELECT + """
            where p.id in (select proposal_id from proposal_quote where message_id = :message) and p.status <> 'rejected'
            order by p.said_at, p.id limit :limit""")
        .bind("message", message).bind("limit", limit).map(Database.to(ProposalItem.Row.class)).list()));
  }

  private List<ProposalItem> complete(List<ProposalItem.Row> rows) {
    Map<UUID, List<ProposalQuote>> quotes = quotes(rows.stream().map(ProposalItem.Row::id).toList());
    return rows.stream().map(row -> row.with(quotes.getOrDefault(row.id(), List.of()))).toList();
  }

  private Map<UUID, List<ProposalQuote>> quotes(Collection<UUID> proposals) {
    return database
        .ask(sql -> sql.createQuery("select * from proposal_quote where proposal_id = any(:ids) order by proposal_id, position")
            .bindArray("ids", UUID.class, proposals.toArray()).map(Database.to(ProposalQuote.class)).list())
        .stream().collect(Collectors.groupingBy(ProposalQuote::proposalId));
  }

  /** Counts proposals, up to {@link #COUNT_LIMIT}. */
  public long count(ProposalFilter filter) {
    return database.ask(sql -> sql.createQuery("select count(*) from (select from task_proposal p where " + filter.condition() + " limit "
        + COUNT_LIMIT + ") as found").bindMap(filter.values()).mapTo(Long.class).one());
  }

  /** Counts proposals by status, each up to {@link #COUNT_LIMIT}; the filter's own status is ignored. */
  public Map<String, Long> countByStatus(ProposalFilter filter) {
    return Arrays.stream(ProposalStatus.values()).collect(Collectors.toMap(ProposalStatus::wire,
        status -> count(filter.withStatus(status.wire()))));
  }

  /** The proposals of a run by status. */
  public ProposalCounts countOfRun(UUID run) {
    return database.ask(sql -> sql.createQuery("select " + ProposalCounts.COLUMNS + " from task_proposal where run_id = :run")
        .bind("run", run).map(Database.to(ProposalCounts.class)).one());
  }

  /** A proposal to insert; texts are valid. */
  public record NewProposal(UUID id, @Nullable UUID runId, TaskFields fields, List<Subtask> subtasks, double confidence, String analyst,
      String reason, byte[] fingerprint, float @Nullable [] vector, List<ProposalQuote> quotes, String createdBy) {

    /** The main quote. */
    ProposalQuote main() {
      return quotes.getFirst();
    }
  }

  /** Inserts a proposal that waits for review, with its quotes; returns false when it exists. */
  public boolean insert(NewProposal proposal) {
    TaskFields fields = proposal.fields();
    int inserted = database.ask(sql -> sql.createUpdate("""
            insert into task_proposal (id, run_id, project_id, title, title_key, description, priority, category, tags, assignee_id,
                                       assignee_name, due_on, due_at, sub_tasks, confidence, analyst, reason, fingerprint, message_id,
                                       vector, status, said_at, created_by)
            values (:id, :run, :project, :title, :titleKey, :description, :priority, :category, :tags, :assignee, :assigneeName, :dueOn, :dueAt,
                    :subtasks, :confidence, :analyst, :reason, :fingerprint, :message, cast(:vector as real[])::vector, 'pending',
                    :saidAt, :createdBy)
            on conflict (message_id, fingerprint) do nothing""")
        .bind("id", proposal.id()).bindByType("run", proposal.runId(), UUID.class)
        .bindByType("project", fields.projectId(), UUID.class).bind("title", fields.title())
        .bind("titleKey", NormalizedText.keyOf(fields.title())).bind("description", fields.description())
        .bind("priority", fields.priority().wire()).bind("category", fields.category().wire())
        .bind("tags", TaskFields.tagsToJson(fields.tags())).bindByType("assignee", fields.assigneeId(), UUID.class)
        .bindByType("assigneeName", fields.assigneeName(), String.class).bind("dueOn", fields.dueOn()).bind("dueAt", fields.dueAt())
        .bind("subtasks", Subtask.toJson(proposal.subtasks())).bind("confidence", proposal.confidence())
        .bind("analyst", proposal.analyst()).bind("reason", proposal.reason()).bind("fingerprint", proposal.fingerprint())
        .bind("message", proposal.main().messageId())
        .bindArray("vector", Float.class, proposal.vector() == null ? null : TopicStore.boxed(proposal.vector()))
        .bind("saidAt", proposal.main().sentAt()).bind("createdBy", proposal.createdBy()).execute());
    if (inserted == 1) {
      insertQuotes(proposal);
    }
    return inserted == 1;
  }

  private void insertQuotes(NewProposal proposal) {
    database.run(sql -> {
      var batch = sql.prepareBatch("""
          insert into proposal_quote (proposal_id, position, message_id, revision, start_at, end_at, quote, state, author, sent_at)
          values (:proposalId, :position, :messageId, :revision, :startAt, :endAt, :quote, :state, :author, :sentAt)""");
      proposal.quotes().forEach(quote -> batch.bindMethods(quote).add());
      batch.execute();
    });
  }

  /** Saves what says the same, and the recommendation that follows from it. */
  void saveDuplicate(UUID id, Duplicates.Duplicate duplicate) {
    database.run(sql -> sql.createUpdate("""
            update task_proposal set similar_task = :task, similar_proposal = :proposal, similarity = least(1, :similarity),
                similarity_type = :type, recommendation = :recommendation where id = :id""")
        .bindByType("task", duplicate.task(), UUID.class).bindByType("proposal", duplicate.proposal(), UUID.class)
        .bind("similarity", duplicate.similarity()).bind("type", duplicate.type()).bind("recommendation", duplicate.recommendation())
        .bind("id", id).execute());
  }

  /** Whether people rejected what has this fingerprint. */
  public boolean isRejected(byte[] fingerprint) {
    return database.ask(sql -> sql.createQuery("select exists (select from rejected_proposal where fingerprint = :fingerprint)")
        .bind("fingerprint", fingerprint).mapTo(Boolean.class).one());
  }

  void rememberRejection(byte[] fingerprint, String by) {
    database.run(sql -> sql.createUpdate("""
            insert into rejected_proposal (fingerprint, rejected_by) values (:fingerprint, :by) on conflict do nothing""")
        .bind("fingerprint", fingerprint).bind("by", by).execute());
  }

  void forgetRejection(byte[] fingerprint) {
    database.run(sql -> sql.createUpdate("delete from rejected_proposal where fingerprint = :fingerprint")
        .bind("fingerprint", fingerprint).execute());
  }

  /** The latest proposals that people decided about. */
  public List<DecidedTask> findDecided(int limit) {
    return database.ask(sql -> sql.createQuery("""
            select title, description, status, vector::real[] as vector from task_proposal
             where status <> 'pending' and decided_by is not null order by decided_at desc nulls last, id desc limit :limit""")
        .bind("limit", limit).map((row, context) -> new DecidedTask(row.getString("title") + "\n" + row.getString("description"),
            TopicStore.vector((Float[]) (row.getArray("vector") == null ? null : row.getArray("vector").getArray())),
            !row.getString("status").equals("rejected")))
        .list());
  }

  /** Finds the quotes of messages. */
  List<ProposalQuote> findQuotes(Collection<UUID> messages) {
    return database
        .ask(sql -> sql.createQuery("select * from proposal_quote where message_id = any(:ids) order by proposal_id, position")
            .bindArray("ids", UUID.class, messages.toArray()).map(Database.to(ProposalQuote.class)).list());
  }

  /** Saves state and place of a quote; the quoted text never changes. */
  void update(ProposalQuote quote) {
    database.run(sql -> sql.createUpdate("""
            update proposal_quote set state = :state, revision = :revision, start_at = :startAt, end_at = :endAt
             where proposal_id = :proposalId and position = :position""")
        .bindMethods(quote).execute());
  }

  /** The states of a proposal's quotes. */
  List<String> findStates(UUID proposal) {
    return database.ask(sql -> sql.createQuery("select state from proposal_quote where proposal_id = :id order by position")
        .bind("id", proposal).mapTo(String.class).list());
  }

}
