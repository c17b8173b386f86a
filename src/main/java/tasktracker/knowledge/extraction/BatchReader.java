package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.embedding.Embeddings;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.json.Json;

/** Reads the messages that a run examines next, with those around them. */
@ApplicationScoped
public class BatchReader {

  /** The maximum number of messages of a batch that come before its first candidate. */
  private static final int MAX_BEFORE = 200;
  /** The maximum number of messages of a batch from its first candidate on. */
  private static final int MAX_MESSAGES = 600;
  /** Characters of a text that are examined; quotes lie within them. */
  static final int MAX_TEXT = 20_000;
  private static final int MIN_TEXT = 10;
  private static final String CONTEXT = "interval '2 hours'";
  /** Messages that atoms may rest on first. */
  private static final String CANDIDATE = """
      m.noise_classification in ('signal', 'weak_signal') and m.kind <> 'service' and length(left(m.content, 10)) >= %d
        and not exists (select from person p where p.id = m.author_id and p.is_bot)
      """.formatted(MIN_TEXT);
  /** Messages that are examined when somebody chooses them. */
  private static final String SELECTED = """
      m.id = any(:ids) and m.noise_classification is distinct from 'spam' and m.kind <> 'service'
        and not exists (select from person p where p.id = m.author_id and p.is_bot)
      """;
  private static final String ROW = """
      select m.id, m.chat_id, left(m.thread_id, 200) as thread_id, left(m.thread_title, 300) as thread_title, m.author_id,
             trim(p.first_name || ' ' || coalesce(p.last_name, '')) as author_name,
             (select r.id from message r where m.reply_to is not null and r.source_id = m.source_id and r.chat_id = m.chat_id
                 and r.external_id = m.reply_to) as reply_to,
             m.sent_at, left(m.content, :text) as content, m.revision, m.noise_classification, m.noise_aspects::text as noise_aspects,
             coalesce((select sum((r->>'count')::int) from jsonb_array_elements(m.reactions) as r), 0)::int as reactions
        from message m join person p on p.id = m.author_id
       where m.chat_id = :chat and m.noise_classification is distinct from 'spam' and m.kind <> 'service' and not p.is_bot
      """;
  private static final String UNEXAMINED = """
       and not exists (select from message_examination x where x.message_id = m.id and x.revision = m.revision)
      """;

  private final Database database;
  private final Embeddings embeddings;

  @Inject
  public BatchReader(Database database, Embeddings embeddings) {
    this.database = database;
    this.embeddings = embeddings;
  }

  /**
   * Messages of one chat.
   *
   * @param revisions the revision of each message that was read
   * @param candidates those that are examined, oldest first
   * @param last the position after them
   */
  record Batch(List<AnalystMessage> messages, Map<UUID, Integer> revisions, List<Candidate> candidates, RunPosition last) {

    UUID chatId() {
      return last.chatId();
    }

    /** The number of words of the candidates. */
    long words() {
      return messages.stream().filter(AnalystMessage::isCandidate).mapToLong(message -> message.text().strip().split("\\s+").length).sum();
    }
  }

  /** A message that is examined. */
  record Candidate(UUID id, UUID chatId, Instant sentAt, int revision) {}

  /** A row of the window around the candidates. */
  private record Row(UUID id, UUID chatId, @Nullable String threadId, @Nullable String threadTitle, UUID authorId, String authorName,
      @Nullable UUID replyTo, Instant sentAt, String content, int revision, @Nullable String noiseClassification,
      @Nullable String noiseAspects, int reactions) {}

  /** The next batch after a position; empty when none is left. Must be called outside a transaction, because the model may run. */
  Optional<Batch> next(RunSelection selection, @Nullable RunPosition after, int size) {
    List<Candidate> candidates = selection.messageIds().isEmpty()
        ? findCandidates(selection, after, size)
        : findSelected(selection, after, size);
    return candidates.isEmpty() ? Optional.empty() : Optional.of(read(candidates));
  }

  private List<Candidate> findCandidates(RunSelection selection, @Nullable RunPosition after, int size) {
    UUID chat = after == null ? nextChat(null) : after.chatId();
    RunPosition position = after;
    while (chat != null) {
      List<Candidate> found = findInChat(selection, chat, position, size);
      if (!found.isEmpty()) {
        return found;
      }
      chat = nextChat(chat);
      position = null;
    }
    return List.of();
  }

  private @Nullable UUID nextChat(@Nullable UUID chat) {
    return database.ask(sql -> sql.createQuery("""
            select id from chat where cast(:chat as uuid) is null or id > :chat order by id limit 1""")
        .bindByType("chat", chat, UUID.class).mapTo(UUID.class).findOne()).orElse(null);
  }

  private List<Candidate> findInChat(RunSelection selection, UUID chat, @Nullable RunPosition after, int size) {
    return database.ask(sql -> sql.createQuery("select m.id, m.chat_id, m.sent_at, m.revision from message m where m.chat_id = :chat and "
        + CANDIDATE + (selection.includesExamined() ? "" : UNEXAMINED) + """
             and m.sent_at >= coalesce(cast(:from as timestamptz), '-infinity') and m.sent_at < coalesce(cast(:until as timestamptz), 'infinity')
             and (cast(:topic as uuid) is null or m.topic_id = :topic)
             and (m.sent_at, m.id) > (coalesce(cast(:sentAt as timestamptz), '-infinity'), coalesce(cast(:id as uuid), '00000000-0000-0000-0000-000000000000'))
           order by m.sent_at, m.id limit :size""")
        .bind("chat", chat).bind("from", selection.from()).bind("until", selection.until())
        .bindByType("topic", selection.topicId(), UUID.class).bind("sentAt", after == null ? null : after.sentAt())
        .bindByType("id", after == null ? null : after.messageId(), UUID.class).bind("size", size)
        .map(Database.to(Candidate.class)).list());
  }

  private List<Candidate> findSelected(RunSelection selection, @Nullable RunPosition after, int size) {
    List<Candidate> all = database.ask(sql -> sql.createQuery("""
            select m.id, m.chat_id, m.sent_at, m.revision from message m where SELECTED
               and (cast(:chat as uuid) is null or (m.chat_id, m.sent_at, m.id) > (:chat, :sentAt, :id))
             order by m.chat_id, m.sent_at, m.id limit :size""".replace("SELECTED", SELECTED))
        .bindArray("ids", UUID.class, selection.messageIds().toArray())
        .bindByType("chat", after == null ? null : after.chatId(), UUID.class)
        .bind("sentAt", after == null ? null : after.sentAt())
        .bindByType("id", after == null ? null : after.messageId(), UUID.class).bind("size", size)
        .map(Database.to(Candidate.class)).list());
    return all.stream().filter(candidate -> candidate.chatId().equals(all.getFirst().chatId())).toList();
  }

  /** Reads the candidates with the messages around them; candidates that do not fit are left for the next batch. */
  Batch read(List<Candidate> candidates) {
    List<Row> rows = findWindow(candidates);
    Set<UUID> present = new HashSet<>(rows.stream().map(Row::id).toList());
    List<Candidate> fitting = candidates.stream().filter(candidate -> present.contains(candidate.id())).toList();
    List<Candidate> taken = fitting.isEmpty() ? candidates.subList(0, 1) : fitting;
    Candidate last = taken.getLast();
    Map<UUID, Integer> revisions = new HashMap<>();
    rows.forEach(row -> revisions.put(row.id(), row.revision()));
    return new Batch(messages(rows, new HashSet<>(taken.stream().map(Candidate::id).toList())), revisions, taken,
        new RunPosition(last.chatId(), last.sentAt(), last.id()));
  }

  /** The first candidate and what follows it come first, so that it is read however much was said before it. */
  private List<Row> findWindow(List<Candidate> candidates) {
    Candidate first = candidates.getFirst();
    List<Row> rows = new ArrayList<>(database.ask(sql -> sql.createQuery(ROW + """
              and m.sent_at >= cast(:from as timestamptz) - CONTEXT and (m.sent_at, m.id) < (cast(:from as timestamptz), :first)
            order by m.sent_at desc, m.id desc limit :most""".replace("CONTEXT", CONTEXT))
        .bind("chat", first.chatId()).bind("from", first.sentAt()).bind("first", first.id()).bind("text", MAX_TEXT)
        .bind("most", MAX_BEFORE).map(Database.to(Row.class)).list()).reversed());
    rows.addAll(database.ask(sql -> sql.createQuery(ROW + """
              and (m.sent_at, m.id) >= (cast(:from as timestamptz), :first) and m.sent_at <= cast(:until as timestamptz) + CONTEXT
            order by m.sent_at, m.id limit :most""".replace("CONTEXT", CONTEXT))
        .bind("chat", first.chatId()).bind("from", first.sentAt()).bind("first", first.id())
        .bind("until", candidates.getLast().sentAt()).bind("text", MAX_TEXT).bind("most", MAX_MESSAGES)
        .map(Database.to(Row.class)).list()));
    return rows;
  }

  private List<AnalystMessage> messages(List<Row> rows, Set<UUID> candidates) {
    Embeddings.Vectors vectors = embeddings.tryLocalVectors(rows.stream().map(Row::id).toList());
    List<AnalystMessage> messages = new ArrayList<>();
    for (Row row : rows) {
      messages.add(new AnalystMessage(row.id(), row.threadId(), row.threadTitle(), row.authorId(), row.authorName(), row.replyTo(),
          row.sentAt(), row.content(), vectors.found().get(row.id()), row.noiseClassification(), aspects(row.noiseAspects()),
          row.reactions(), candidates.contains(row.id())));
    }
    return messages;
  }

  private static Map<String, Double> aspects(@Nullable String json) {
    Map<String, Double> aspects = new HashMap<>();
    if (json != null) {
      Map<?, ?> stored = Json.jsonb().fromJson(json, Map.class);
      stored.forEach((name, value) -> {
        if (value instanceof Number number) {
          aspects.put(String.valueOf(name), number.doubleValue());
        }
      });
    }
    return aspects;
  }

  /** Counts the messages of a selection, up to a million. */
  long count(RunSelection selection) {
    if (!selection.messageIds().isEmpty()) {
      return database.ask(sql -> sql.createQuery("select count(*) from message m where " + SELECTED)
          .bindArray("ids", UUID.class, selection.messageIds().toArray()).mapTo(Long.class).one());
    }
    return database.ask(sql -> sql.createQuery("select count(*) from (select from message m where " + CANDIDATE
        + (selection.includesExamined() ? "" : UNEXAMINED) + """
             and m.sent_at >= coalesce(cast(:from as timestamptz), '-infinity') and m.sent_at < coalesce(cast(:until as timestamptz), 'infinity')
             and (cast(:topic as uuid) is null or m.topic_id = :topic) limit 1000000) as found""")
        .bind("from", selection.from()).bind("until", selection.until()).bindByType("topic", selection.topicId(), UUID.class)
        .mapTo(Long.class).one());
  }

  /** The size of the texts of a selection; at most so many messages of it are measured. */
  record Size(long messages, long characters) {}

  /** Measures the messages of a selection by period, up to a hundred thousand. */
  Size measure(RunSelection selection) {
    return database.ask(sql -> sql.createQuery("""
            select count(*) as messages, coalesce(sum(size), 0) as characters from (select least(length(m.content), 2000) as size
              from message m where\s""" + CANDIDATE + (selection.includesExamined() ? "" : UNEXAMINED) + """
             and m.sent_at >= coalesce(cast(:from as timestamptz), '-infinity') and m.sent_at < coalesce(cast(:until as timestamptz), 'infinity')
             and (cast(:topic as uuid) is null or m.topic_id = :topic) limit 100000) as found""")
        .bind("from", selection.from()).bind("until", selection.until()).bindByType("topic", selection.topicId(), UUID.class)
        .map(Database.to(Size.class)).one());
  }

  /** Whether at least so many messages sent since a time, or before it, have not been examined. */
  boolean hasUnexamined(@Nullable Instant from, @Nullable Instant until, int atLeast) {
    return database.ask(sql -> sql.createQuery("select count(*) from (select from message m where " + CANDIDATE + UNEXAMINED + """
             and m.sent_at >= coalesce(cast(:from as timestamptz), '-infinity') and m.sent_at < coalesce(cast(:until as timestamptz), 'infinity')
             limit :atLeast) as found""")
        .bind("from", from).bind("until", until).bind("atLeast", atLeast).mapTo(Long.class).one()) >= atLeast;
  }

  /**
   * Locks messages against edits until the transaction ends, all of them in the order of their ids, so that nobody waits
   * for another.
   *
   * @param touched further messages that the transaction changes
   * @return whether all still have the revision that was read
   */
  boolean lockUnchanged(Map<UUID, Integer> revisions, Collection<UUID> touched) {
    Set<UUID> all = new HashSet<>(touched);
    all.addAll(revisions.keySet());
    Map<UUID, Integer> present = new HashMap<>();
    database.run(sql -> sql.createQuery("select id, revision from message where id = any(:ids) order by id for no key update")
        .bindArray("ids", UUID.class, all.toArray())
        .map((row, context) -> present.put(row.getObject(1, UUID.class), row.getInt(2))).list());
    return revisions.entrySet().stream().allMatch(read -> read.getValue().equals(present.get(read.getKey())));
  }

  /** A message to examine alone. */
  Optional<Candidate> find(UUID message) {
    return database.ask(sql -> sql.createQuery("select id, chat_id, sent_at, revision from message where id = :id").bind("id", message)
        .map(Database.to(Candidate.class)).findOne());
  }

  /** Records that messages were examined. */
  void markExamined(Collection<Candidate> candidates, String analyst, @Nullable UUID run) {
    database.run(sql -> sql.createUpdate("""
            insert into message_examination (message_id, revision, analyst, run_id)
            select c.id, c.revision, :analyst, :run from unnest(:ids, :revisions) as c (id, revision) join message m on m.id = c.id
            on conflict (message_id) do update
               set revision = excluded.revision, analyst = excluded.analyst, run_id = excluded.run_id, examined_at = now()""")
        .bind("analyst", analyst).bindByType("run", run, UUID.class)
        .bindArray("ids", UUID.class, candidates.stream().map(Candidate::id).toArray())
        .bindArray("revisions", Integer.class, candidates.stream().map(Candidate::revision).toArray()).execute());
  }
}
