package tasktracker.task.analysis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
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
import tasktracker.task.analyst.ChatPerson;

/**
 * Reads the messages of a window in batches of one chat. A batch ends before a pause of more than ten minutes, and after 50
 * messages. What the filters drop is still read as context.
 */
@ApplicationScoped
public class WindowReader {

  static final int BATCH = 50;
  static final Duration PAUSE = Duration.ofSeconds(600);
  /** Characters of a text that are read; quotes lie within them. */
  static final int MAX_TEXT = 20_000;
  static final int MIN_TEXT = 10;
  private static final int MAX_BEFORE = 100;
  private static final int MAX_MESSAGES = 400;
  private static final int MAX_PEOPLE = 500;
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final String CONTEXT = "interval '2 hours'";
  private static final String NOT_A_PERSON = "exists (select from person p where p.id = m.author_id and p.is_bot)";

  /** Messages that tasks may rest on first. */
  private static final String CANDIDATE = """
      m.sent_at between :from and :until and m.kind <> 'service' and m.noise_classification is distinct from 'spam'
        and (:noise or m.noise_classification is distinct from 'noise')
        and length(btrim(left(m.content, :most), E' \\t\\n\\r')) >= :least and not NOT_A_PERSON
        and (cast(:project as uuid) is null
             or exists (select from message_project mp where mp.message_id = m.id and mp.project_id = :project))
      """.replace("NOT_A_PERSON", NOT_A_PERSON);

  private static final String ROW = """
      select m.id, left(m.thread_id, 200) as thread_id, left(m.thread_title, 300) as thread_title, m.author_id,
             trim(p.first_name || ' ' || coalesce(p.last_name, '')) as author_name,
             (select r.id from message r where m.reply_to is not null and r.source_id = m.source_id and r.chat_id = m.chat_id
                 and r.external_id = m.reply_to) as reply_to,
             m.sent_at, left(m.content, :text) as content, m.revision, m.noise_classification, m.noise_aspects::text as noise_aspects,
             coalesce((select sum((r->>'count')::int) from jsonb_array_elements(m.reactions) as r), 0)::int as reactions
        from message m join person p on p.id = m.author_id
       where m.chat_id = :chat and m.noise_classification is distinct from 'spam' and m.kind <> 'service' and not p.is_bot
      """;

  private final Database database;
  private final Embeddings embeddings;

  @Inject
  public WindowReader(Database database, Embeddings embeddings) {
    this.database = database;
    this.embeddings = embeddings;
  }

  /**
   * Messages of one chat.
   *
   * @param messages the candidates and those around them, oldest first
   * @param revisions the revision of each message that was read
   * @param projects the project of each message that has one
   * @param last the position after the candidates
   */
  record Batch(List<AnalystMessage> messages, Map<UUID, Integer> revisions, Map<UUID, UUID> projects, List<Candidate> candidates,
      AnalysisPosition last) {

    UUID chatId() {
      return last.chatId();
    }
  }

  /** A message that tasks may rest on first. */
  record Candidate(UUID id, UUID chatId, Instant sentAt) {}

  private record Row(UUID id, @Nullable String threadId, @Nullable String threadTitle, UUID authorId, String authorName,
      @Nullable UUID replyTo, Instant sentAt, String content, int revision, @Nullable String noiseClassification,
      @Nullable String noiseAspects, int reactions) {}

  /** Counts what a run would read; the batches are those of {@link #next}. */
  AnalysisEstimate estimate(AnalysisSelection selection) {
    long all = database.ask(sql -> sql.createQuery("select count(*) from message where sent_at between :from and :until")
        .bind("from", selection.from()).bind("until", selection.until()).mapTo(Long.class).one());
    return database.ask(sql -> sql.createQuery("""
            with kept as (
              select m.chat_id, m.sent_at, m.id, least(length(m.content), :most) as size from message m where CANDIDATE),
            marked as (
              select chat_id, sent_at, id, size, case when sent_at - lag(sent_at) over talk <= interval '600 seconds' then 0 else 1 end as starts
                from kept window talk as (partition by chat_id order by sent_at, id)),
            talks as (
              select chat_id, size, sum(starts) over (partition by chat_id order by sent_at, id) as talk from marked)
            select :all as messages_in_window, coalesce(sum(n), 0)::bigint as messages_after_prefilter,
                   coalesce(sum(ceil(n / 50.0)), 0)::int as batches, (coalesce(sum(size), 0) / :perToken)::bigint as tokens
              from (select count(*) as n, sum(size) as size from talks group by chat_id, talk) as counted"""
        .replace("CANDIDATE", CANDIDATE))
        .bindMap(values(selection)).bindByType("project", project(selection), UUID.class).bind("all", all)
        .bind("perToken", CHARACTERS_PER_TOKEN).map(Database.to(AnalysisEstimate.class))
        .one());
  }

  private static @Nullable UUID project(AnalysisSelection selection) {
    return selection.isProjectOnly() ? selection.projectId() : null;
  }

  private static Map<String, Object> values(AnalysisSelection selection) {
    Map<String, Object> values = new HashMap<>();
    values.put("from", selection.from());
    values.put("until", selection.until());
    values.put("noise", selection.includesNoise());
    values.put("most", MAX_TEXT);
    values.put("least", MIN_TEXT);
    return values;
  }

  /** The next batch after a position; empty when none is left. Must be called outside a transaction, because the model may run. */
  Optional<Batch> next(AnalysisSelection selection, @Nullable AnalysisPosition after) {
    UUID chat = after == null ? nextChat(null) : after.chatId();
    AnalysisPosition position = after;
    while (chat != null) {
      List<Candidate> found = findInChat(selection, chat, position);
      if (!found.isEmpty()) {
        return Optional.of(read(untilPause(found)));
      }
      chat = nextChat(chat);
      position = null;
    }
    return Optional.empty();
  }

  private @Nullable UUID nextChat(@Nullable UUID chat) {
    return database.ask(sql -> sql.createQuery("""
            select id from chat where cast(:chat as uuid) is null or id > :chat order by id limit 1""")
        .bindByType("chat", chat, UUID.class).mapTo(UUID.class).findOne()).orElse(null);
  }

  private List<Candidate> findInChat(AnalysisSelection selection, UUID chat, @Nullable AnalysisPosition after) {
    return database.ask(sql -> sql.createQuery("select m.id, m.chat_id, m.sent_at from message m where m.chat_id = :chat and " + CANDIDATE
        + """
             and (m.sent_at, m.id) > (coalesce(cast(:sentAt as timestamptz), '-infinity'), coalesce(cast(:id as uuid), '00000000-0000-0000-0000-000000000000'))
           order by m.sent_at, m.id limit :size""")
        .bindMap(values(selection)).bindByType("project", project(selection), UUID.class).bind("chat", chat)
        .bind("sentAt", after == null ? null : after.sentAt())
        .bindByType("id", after == null ? null : after.messageId(), UUID.class).bind("size", BATCH)
        .map(Database.to(Candidate.class)).list());
  }

  /** The candidates before the first pause. */
  static List<Candidate> untilPause(List<Candidate> candidates) {
    for (int i = 1; i < candidates.size(); i++) {
      if (Duration.between(candidates.get(i - 1).sentAt(), candidates.get(i).sentAt()).compareTo(PAUSE) > 0) {
        return candidates.subList(0, i);
      }
    }
    return candidates;
  }

  /** Reads the candidates with the messages around them. */
  Batch read(List<Candidate> candidates) {
    List<Row> rows = findAround(candidates);
    Map<UUID, Integer> revisions = new HashMap<>();
    rows.forEach(row -> revisions.put(row.id(), row.revision()));
    Candidate last = candidates.getLast();
    return new Batch(messages(rows, new HashSet<>(candidates.stream().map(Candidate::id).toList())), revisions,
        projects(revisions.keySet()), candidates, new AnalysisPosition(last.chatId(), last.sentAt(), last.id()));
  }

  private List<Row> findAround(List<Candidate> candidates) {
    Candidate first = candidates.getFirst();
    List<Row> rows = new ArrayList<>(database.ask(sql -> sql.createQuery(ROW + """
              and m.sent_at >= cast(:from as timestamptz) - CONTEXT and (m.sent_at, m.id) < (cast(:from as timestamptz), :first)
            order by m.sent_at desc, m.id desc limit :most""".replace("CONTEXT", CONTEXT))
        .bind("chat", first.chatId()).bind("from", first.sentAt()).bind("first", first.id()).bind("text", MAX_TEXT)
        .bind("most", MAX_BEFORE).map(Database.to(Row.class)).list()).reversed());
    Set<UUID> chosen = new HashSet<>(candidates.stream().map(Candidate::id).toList());
    // All candidates, however much was said between them, and what follows up to the maximum.
    rows.addAll(database.ask(sql -> sql.createQuery(ROW + """
              and (m.sent_at, m.id) >= (cast(:from as timestamptz), :first) and m.sent_at <= cast(:until as timestamptz) + CONTEXT
              and (m.id = any(:candidates) or m.id in (
                select n.id from message n where n.chat_id = :chat and (n.sent_at, n.id) >= (cast(:from as timestamptz), :first)
                 order by n.sent_at, n.id limit :most))
            order by m.sent_at, m.id""".replace("CONTEXT", CONTEXT))
        .bind("chat", first.chatId()).bind("from", first.sentAt()).bind("first", first.id())
        .bind("until", candidates.getLast().sentAt()).bindArray("candidates", UUID.class, chosen.toArray()).bind("text", MAX_TEXT)
        .bind("most", MAX_MESSAGES).map(Database.to(Row.class)).list()));
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

  private Map<UUID, UUID> projects(Collection<UUID> messages) {
    return database.ask(sql -> sql.createQuery("select message_id, project_id from message_project where message_id = any(:ids)")
        .bindArray("ids", UUID.class, messages.toArray()).reduceRows(new HashMap<>(), (found, row) -> {
          found.put(row.getColumn("message_id", UUID.class), row.getColumn("project_id", UUID.class));
          return found;
        }));
  }

  /** The people who wrote in a chat from a month before the window on, who can be assignees. */
  List<ChatPerson> people(UUID chat, AnalysisSelection selection) {
    return database.ask(sql -> sql.createQuery("""
            select p.id, trim(p.first_name || ' ' || coalesce(p.last_name, '')) as display_name,
                   (select t.username from telegram_profile t where t.person_id = p.id and t.username is not null limit 1) as username
              from person p
             where not p.is_bot and p.id in (select m.author_id from message m where m.chat_id = :chat
                      and m.sent_at between cast(:from as timestamptz) - interval '30 days' and cast(:until as timestamptz) + interval '1 day')
             order by p.id limit :most""")
        .bind("chat", chat).bind("from", selection.from()).bind("until", selection.until()).bind("most", MAX_PEOPLE)
        .map(Database.to(ChatPerson.class)).list());
  }

  /** A message to read alone. */
  Optional<Candidate> find(UUID message) {
    return database.ask(sql -> sql.createQuery("select id, chat_id, sent_at from message where id = :id").bind("id", message)
        .map(Database.to(Candidate.class)).findOne());
  }

  /**
   * Locks messages against edits until the transaction ends, in the order of their ids, so that nobody waits for another.
   *
   * @return whether all still have the revision that was read
   */
  boolean lockUnchanged(Map<UUID, Integer> revisions) {
    Map<UUID, Integer> present = new HashMap<>();
    database.run(sql -> sql.createQuery("select id, revision from message where id = any(:ids) order by id for no key update")
        .bindArray("ids", UUID.class, revisions.keySet().toArray())
        .map((row, context) -> present.put(row.getObject(1, UUID.class), row.getInt(2))).list());
    return present.equals(revisions);
  }
}
