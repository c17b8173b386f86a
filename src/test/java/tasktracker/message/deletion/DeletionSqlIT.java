package tasktracker.message.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.message.ChatMigrations;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.MessageRow;
import tasktracker.message.MessageStore;
import tasktracker.message.MessageScores;
import tasktracker.message.Sources;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageFilter;
import tasktracker.person.People;
import tasktracker.person.Speaker;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.TestDatabase;
import tasktracker.scoring.correction.CorrectionStore;

/** The statements of deleting and restoring on a real database. */
class DeletionSqlIT {

  private static TestDatabase schema;
  private static Database database;
  private final UUID source = new Sources(database).getOrCreate("s" + UUID.randomUUID(), "telegram");
  private final UUID chat = new Sources(database).getOrCreateChat(source, new ChatRef("group:7", ChatKind.GROUP, "Team"));
  private final UUID olena = new People(database).identify(source, new Speaker("user:1", "Olena", null, null, null, null, false, false));
  private final MessageStore messages = new MessageStore(database);
  private final DeletionStore deletions = new DeletionStore(database);

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  private MessageRow row(int number) {
    return new MessageRow(Ids.next(), source, chat, String.valueOf(number), olena, "text", "it says " + number, "[]",
        Instant.parse("2026-03-02T12:00:00Z"), null, null, null, null, null, null, "[]", null);
  }

  private UUID stored(int number) {
    UUID id = messages.insert(List.of(row(number))).getFirst();
    database.run(sql -> sql.execute("""
        update message set importance_score = 0.83, noise_classification = 'signal', scored_at = now(),
               noise_factors = '{"content": 0.9}' where id = ?""", id));
    database.run(sql -> sql.execute("insert into message_revision (message_id, revision, content) values (?, 0, 'it said')", id));
    database.run(sql -> sql.execute("""
        insert into score_correction (id, message_id, actor, verdict, revision) values (?, ?, 'kevin', 'signal', 1)""", Ids.next(), id));
    return id;
  }

  private UUID delete(UUID... ids) {
    UUID deletion = Ids.next();
    deletions.insert(deletion, List.of(ids), null, "olena");
    assertThat(deletions.removeBatch(deletion, "m.id = any(:ids)", Map.of("ids", ids), Instant.now().plusSeconds(60)))
        .containsExactlyInAnyOrder(ids);
    deletions.updateStatus(deletion, "deleted", ids.length);
    return deletion;
  }

  @Test
  void theListTellsChatAndFirstLineUntilTheyArePurged() {
    UUID id = messages.insert(List.of(row(41))).getFirst();
    database.run(sql -> sql.execute("update message set content = ? where id = ?", "first line\nsecond", id));
    UUID deletion = delete(id);
    assertThat(item(deletion)).extracting(DeletionItem::chats, DeletionItem::text).containsExactly(List.of("Team"), "first line");
    database.run(sql -> sql.execute("update deleted_message set message = null where deletion_id = ?", deletion));
    assertThat(item(deletion)).extracting(DeletionItem::chats, DeletionItem::text).containsExactly(List.of("Team"), null);
    database.run(sql -> sql.execute("delete from deleted_message where deletion_id = ?", deletion));
    assertThat(item(deletion)).extracting(DeletionItem::chats, DeletionItem::text).containsExactly(List.of(), null);
  }

  private DeletionItem item(UUID deletion) {
    return deletions.list(50).stream().filter(item -> item.deletion().id().equals(deletion)).findFirst().orElseThrow();
  }

  /** Everything that is kept of a message, and what is counted of its chat. */
  private List<String> all(UUID id) {
    return List.of(one("select to_jsonb(m)::text from message m where id = ?", id),
        one("select jsonb_agg(r)::text from message_revision r where message_id = ?", id),
        one("select jsonb_agg(c)::text from score_correction c where message_id = ?", id));
  }

  private static String one(String query, Object value) {
    return database.ask(sql -> sql.createQuery(query).bind(0, value).mapTo(String.class).findOne()).orElse("nothing");
  }

  private Map<String, Long> counts() {
    return new Feed(database).readCounters(chat);
  }

  @Test
  void aRestoredMessageEqualsTheDeletedOne() {
    UUID id = stored(1);
    List<String> before = all(id);
    UUID deletion = delete(id);
    assertThat(all(id)).containsOnly("nothing");
    assertThat(counts()).containsEntry("signal", 0L);
    assertThat(deletions.lock(deletion)).get().satisfies(d -> {
      assertThat(d.messageIds()).containsExactly(id);
      assertThat(d.isUndoable()).isTrue();
    });
    List<DeletionStore.Restored> restored = deletions.restoreBatch(deletion);
    assertThat(restored).extracting(DeletionStore.Restored::id).containsExactly(id);
    new CorrectionStore(database, new MessageScores(database)).restore(restored.stream().map(DeletionStore.Restored::corrections).toList());
    assertThat(all(id)).isEqualTo(before);
    assertThat(counts()).containsEntry("signal", 1L);
    assertThat(deletions.restoreBatch(deletion)).isEmpty();
  }

  @Test
  void aDeletedMessageIsRejectedAndTheNextOneIsStored() {
    UUID id = stored(1);
    delete(id);
    MessageRow neighbour = row(2);
    assertThat(messages.insert(List.of(row(1), neighbour))).containsExactly(neighbour.id());
    assertThat(deletions.findDeleted(row(1))).contains(id);
    assertThat(counts()).containsEntry("unscored", 1L);
  }

  @Test
  void aMessageThatArrivesDuringItsDeletionMustBeRetried() throws Exception {
    UUID id = stored(1);
    try (Connection deleting = schema.dataSource().getConnection()) {
      deleting.setAutoCommit(false);
      UUID deletion = Ids.next();
      deletions.insert(deletion, List.of(id), null, "olena");
      Jdbi.create(deleting).useHandle(sql -> {
        sql.execute("insert into deleted_message (id, deletion_id, source_id, chat_id, author_id, external_id) values (?, ?, ?, ?, ?, '1')",
            id, deletion, source, chat, olena);
        sql.execute("delete from message where id = ?", id);
      });
      Thread coming = Thread.ofVirtual().unstarted(() -> assertThatThrownBy(() -> messages.insert(List.of(row(1))))
          .hasMessageContaining("has just been deleted"));
      Throwable[] wrong = new Throwable[1];
      coming.setUncaughtExceptionHandler((thread, error) -> wrong[0] = error);
      coming.start();
      awaitBlocked();
      deleting.commit();
      coming.join();
      assertThat(wrong[0]).isNull();
    }
    assertThat(counts()).containsEntry("signal", 0L);
  }

  private static void awaitBlocked() {
    tasktracker.harness.Await.until("the insert waits for the deletion", java.time.Duration.ofSeconds(30), () -> database.ask(
        sql -> sql.createQuery(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into message%' and datname = current_database()")
            .mapTo(Integer.class).one()) > 0);
  }

  @Test
  void aFilterReachesOnlyWhatWasThereWhenItWasAsked() {
    stored(1);
    UUID deletion = Ids.next();
    MessageFilter filter = new MessageFilter("it says", null, null, null, chat, Set.of("signal"), null, null, null, null, null);
    deletions.insert(deletion, null, "?q=it+says", "olena");
    assertThat(deletions.removeBatch(deletion, filter.condition(), filter.values(), Instant.now().minusSeconds(3600))).isEmpty();
    assertThat(deletions.removeBatch(deletion, filter.condition(), filter.values(), Instant.now().plusSeconds(60))).hasSize(1);
  }

  @Test
  void deletedMessagesFollowTheirGroupIntoTheSupergroup() {
    UUID id = stored(1);
    UUID deletion = delete(id);
    new ChatMigrations(database).join(source, "group:7", "channel:8", "Team");
    assertThat(deletions.restoreBatch(deletion)).hasSize(1);
    assertThat(one("select external_id from message where id = ?", id)).isEqualTo("-999999999");
  }

  @Test
  void afterAMonthTheContentIsPurged() {
    UUID id = stored(1);
    UUID deletion = delete(id);
    assertThat(one("select (message is not null)::text from deleted_message where id = ?", id)).isEqualTo("true");
    database.run(sql -> sql.execute("update deleted_message set deleted_at = now() - interval '31 days' where id = ?", id));
    database.run(sql -> sql.execute("update deletion set asked_at = now() - interval '31 days' where id = ?", deletion));
    assertThat(deletions.purgeBatch()).isEqualTo(1);
    assertThat(deletions.lock(deletion)).get().extracting(Deletion::isUndoable).isEqualTo(false);
    assertThat(deletions.restoreBatch(deletion)).isEmpty();
    assertThat(messages.insert(List.of(row(1)))).isEmpty();
  }
}
