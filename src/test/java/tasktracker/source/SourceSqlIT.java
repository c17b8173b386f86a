package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.message.ChatMigrations;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.Sources;
import tasktracker.person.People;
import tasktracker.person.Speaker;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.OpenTransaction;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.web.problem.Problem;
import tasktracker.source.format.TranscriptEntry;

/** The statements of imports and migrations on a real database. */
class SourceSqlIT {

  private static TestDatabase schema;
  private static Database database;
  private final UUID source = new Sources(database).getOrCreate("s" + UUID.randomUUID(), "telegram");

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  @Test
  void anImportIsReadAsItIsKept() {
    UUID id = Ids.next();
    database.run(sql -> sql.execute("""
        insert into import (id, status, created_by, source_id, format, file_name, file_size)
        values (?, 'rehearsing', 'olena', ?, 'telegram-export', 'result.json', 7)""", id, source));
    var view = new ImportStore(database).find(id).orElseThrow();
    assertThat(view).extracting("status", "sourceType", "fileSize", "createdBy").containsExactly("rehearsing", "telegram-export", 7L,
        "olena");
    assertThat(new ImportStore(database).findTask(id, ImportStatus.DRY_RUN)).isPresent();
    assertThat(new ImportStore(database).list("rehearsing", 5)).extracting(ImportView::id).contains(id);
  }

  @Test
  void aFileComesOutAsItWentIn() throws IOException {
    var files = new ImportFiles(database, new UploadQuota(database, Optional.empty(), 1));
    UUID id = anImport();
    byte[] bytes = new byte[3_500_000];
    new Random(7).nextBytes(bytes);
    assertThat(files.save(id, new ByteArrayInputStream(bytes), 4_000_000)).isEqualTo(bytes.length);
    try (var in = files.open(id, read -> {})) {
      assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
    }
    assertThat(files.save(anImport(), new ByteArrayInputStream(bytes), 2_000_000)).isEqualTo(-1);
    files.delete(id);
    try (var in = files.open(id, read -> {})) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  /** 300,000 bytes and two files of one byte, which count as 64 KiB each. */
  @Test
  void filesAreStoredUpToTheQuota() throws IOException {
    database.run(sql -> sql.execute("delete from import_chunk"));
    var quota = new UploadQuota(database, Optional.of(300_000L + 3 * 65_536), 1);
    var files = new ImportFiles(database, quota);
    UUID large = anImport();
    files.save(large, new ByteArrayInputStream(new byte[300_000]), 400_000);
    files.save(anImport(), new ByteArrayInputStream(new byte[1]), 400_000);
    files.save(anImport(), new ByteArrayInputStream(new byte[1]), 400_000);
    quota.requireSpace(65_536);
    assertThatThrownBy(() -> quota.requireSpace(65_537)).isInstanceOfSatisfying(Problem.class, full -> {
      assertThat(full.status()).isEqualTo(507);
      assertThat(full.detail()).contains("delete their files", "MAX_UPLOADS_STORED");
    });
    assertThatThrownBy(() -> files.save(anImport(), new ByteArrayInputStream(new byte[70_000]), 400_000)).isInstanceOf(Problem.class);
    files.delete(large);
    assertThat(files.save(anImport(), new ByteArrayInputStream(new byte[70_000]), 400_000)).isEqualTo(70_000);
  }

  /** The body announces no length; each look at the quota is sixteen pieces after the last. */
  @Test
  void anUploadBeyondTheQuotaIsStoppedWhileItIsReceived() {
    database.run(sql -> sql.execute("delete from import_chunk"));
    var files = new ImportFiles(database, new UploadQuota(database, Optional.of(20L << 20), 1));
    UUID id = anImport();
    assertThatThrownBy(() -> files.save(id, new ByteArrayInputStream(new byte[40 << 20]), 50 << 20)).isInstanceOf(Problem.class);
    int pieces = database.ask(sql -> sql.createQuery("select count(*) from import_chunk").mapTo(Integer.class).one());
    assertThat(pieces).isLessThanOrEqualTo(32);
  }

  @Test
  void theResultOfADryRunIsReadBackUnchanged() {
    UUID id = anImport();
    var store = new ImportStore(database);
    var count = new DryRunCounter();
    count.count(List.of(said("group:1", "1", "hello"), said("group:2", "1", "hello")), java.util.Set.of(1));
    count.skip(new TranscriptEntry.Skipped("unsupported", false));
    store.save(id, count.result(), List.of());
    assertThat(store.find(id).orElseThrow().rehearsal()).isEqualTo(count.result());
    assertThat(store.find(id).orElseThrow().sourceIdentifiers()).isEqualTo(java.util.Map.of("chat_ids", List.of("group:1", "group:2")));
  }

  @Test
  void duplicatesAreFoundByIdAndInPrivateChatsByContent() {
    store(said("group:5", "1", "same"), null);
    var known = new DuplicateDetector(database);
    var batch = List.of(said("group:5", "1", "same"), said("group:5", "2", "same"), said("group:5", "3", "other"),
        said("channel:5", "1", "same"));
    assertThat(known.findById(source, batch)).containsExactly(0);
    assertThat(known.findByContent(source, batch)).containsExactly(1);
  }

  @Test
  void aDeletedMessageIsADuplicate() {
    store(said("channel:8", "1", "gone"), null);
    UUID deletion = Ids.next();
    database.run(sql -> {
      sql.execute("insert into deletion (id, message_ids, status, asked_by) values (?, '{}', 'deleted', 'kevin')", deletion);
      sql.execute("""
          insert into deleted_message (id, deletion_id, source_id, chat_id, author_id, external_id, message)
          select id, ?, source_id, chat_id, author_id, external_id, to_jsonb(message) from message where source_id = ?""", deletion,
          source);
      sql.execute("delete from message where source_id = ?", source);
    });
    assertThat(new DuplicateDetector(database).findById(source, List.of(said("channel:8", "1", "gone"), said("channel:8", "2", "new"))))
        .containsExactly(0);
  }

  @Test
  void repeatedIdsAreFoundInOneBatchAndInAnother() {
    var repeats = new RepeatDetector(database, new ChatMigrations(database));
    UUID id = anImport();
    var first = List.of(said("channel:9", "1", "one"), said("channel:9", "1", "one"), said("channel:9", "1", "uno"),
        said("channel:90", "1", "one"), said("channel:9", "2", "two"));
    assertThat(repeats.findAndRemember(id, source, first, Set.of())).isEqualTo(new RepeatDetector.Repeats(Set.of(1, 2), Set.of(2)));
    var second = List.of(said("channel:9", "2", "two"), said("channel:9", "2", "dos"), edited("channel:9", "2", "two, edited"),
        said("channel:9", "3", "three"));
    assertThat(repeats.findAndRemember(id, source, second, Set.of())).isEqualTo(new RepeatDetector.Repeats(Set.of(0, 1, 2), Set.of(1)));
    assertThat(repeats.findAndRemember(anImport(), source, second.subList(0, 1), Set.of()).repeated()).isEmpty();
  }

  @Test
  void anImportRefusesTheContradictionsOfItsDryRun() {
    var repeats = new RepeatDetector(database, new ChatMigrations(database));
    UUID id = anImport();
    var lines = List.of(said("channel:9", "1", "one"), said("channel:9", "2", "two"), edited("channel:9", "1", "edited"),
        said("channel:9", "1", "uno"), said("channel:9", "1", "one"));
    repeats.findAndRemember(id, source, lines, Set.of());
    repeats.deleteUncontradicted(id);
    assertThat(rememberedIds(id)).isOne();
    List<TranscriptEntry> parsed = lines.stream().<TranscriptEntry>map(TranscriptEntry.Parsed::new).toList();
    List<TranscriptEntry> imported = repeats.refuseContradictions(id, source, parsed);
    assertThat(imported.get(3)).isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> {
      assertThat(part.name()).isEqualTo("1");
      assertThat(part.why()).hasMessage("The ID 1 occurs twice with different text; the first is imported.");
    });
    assertThat(imported).filteredOn(TranscriptEntry.Parsed.class::isInstance)
        .containsExactly(parsed.get(0), parsed.get(1), parsed.get(2), parsed.get(4));
    repeats.delete(id);
    assertThat(repeats.refuseContradictions(id, source, parsed)).isEqualTo(parsed);
  }

  @Test
  void aRepeatIsFoundUnderBothIdsOfAGroupThatMoved() {
    var migrations = new ChatMigrations(database);
    store(said("group:16", "5", "in the group"), null);
    migrations.join(source, "group:16", "channel:160", "G");
    var batch = List.of(said("group:16", "4", "late"), said("channel:160", "-999999996", "late"));
    assertThat(new RepeatDetector(database, migrations).findAndRemember(anImport(), source, batch, Set.of()).repeated()).containsExactly(1);
  }

  private static long rememberedIds(UUID importId) {
    return database.ask(
        sql -> sql.select("select count(*) from import_message_id where import_id = ?", importId).mapTo(Long.class).one());
  }

  @Test
  void aGroupThatMovesKeepsItsMessagesUnderIdsThatNobodyElseUses() {
    var migrations = new ChatMigrations(database);
    store(said("group:6", "5", "in the group"), null);
    store(said("channel:60", "5", "in the supergroup"), null);
    migrations.join(source, "group:6", "channel:60", "G");
    migrations.join(source, "group:6", "channel:60", "G");
    List<String> ids = database.ask(sql -> sql.createQuery("""
        select m.external_id from message m join chat c on c.id = m.chat_id
         where c.source_id = :source and c.external_id = 'channel:60' order by m.external_id""").bind("source", source).mapTo(String.class)
        .list());
    assertThat(ids).containsExactly("-999999995", "5");
    assertThat(migrations.adjust(source, List.of(said("group:6", "4", "late"), said("group:7", "4", "elsewhere"))))
        .extracting(IncomingMessage::externalId).containsExactly("-999999996", "4");
  }

  @Test
  void aChatCreatedConcurrentlyIsFound() throws Exception {
    var chat = new ChatRef("group:77", ChatKind.GROUP, "Release");
    UUID theirs = Ids.next();
    try (var other = schema.dataSource().getConnection(); var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("insert into chat (id, source_id, external_id, kind, title) values ('%s', '%s', 'group:77', 'group', 'Release')"
          .formatted(theirs, source));
      var ours = CompletableFuture.supplyAsync(() -> new Sources(database).getOrCreateChat(source, chat));
      Await.until("ours to wait for theirs", Duration.ofSeconds(10), SourceSqlIT::somebodyWaits);
      other.commit();
      assertThat(ours.get(10, TimeUnit.SECONDS)).isEqualTo(theirs);
    }
  }

  @Test
  void aMessageThatArrivesWhileItsChatIsFoundEmptyIsKept() throws Exception {
    UUID chat = new Sources(database).getOrCreateChat(source, new ChatRef("group:78", ChatKind.GROUP, "Release"));
    UUID unused = new Sources(database).getOrCreateChat(source, new ChatRef("group:79", ChatKind.GROUP, "Nobody"));
    UUID olena = new People(database).identify(source, Speaker.named("user:78", "Olena"));
    try (var arriving = OpenTransaction.on(schema)) {
      arriving.database().run(sql -> sql.execute("""
          insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at)
          values (?, ?, ?, '1', ?, 'text', 'hello', sha256('hello'), now())""", Ids.next(), source, chat, olena));
      var undone = CompletableFuture.runAsync(() -> {
        new Sources(database).deleteUnusedChats(source, Instant.EPOCH);
        new People(database).deleteUnused(source, Instant.EPOCH);
      });
      Await.until("the undo to be done or to wait", Duration.ofSeconds(10), () -> undone.isDone() || somebodyWaits());
      arriving.commit();
      undone.get(10, TimeUnit.SECONDS);
    }
    assertThat(database.<Long>ask(sql -> sql.select("select count(*) from message where chat_id = ?", chat).mapTo(Long.class).one()))
        .isOne();
    assertThat(database.<List<UUID>>ask(sql -> sql.select("select id from chat where source_id = ?", source).mapTo(UUID.class).list()))
        .contains(chat).doesNotContain(unused);
  }

  private static boolean somebodyWaits() {
    return database
        .ask(sql -> sql.select("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
            .mapTo(Long.class).one()) > 0;
  }

  private UUID anImport() {
    UUID id = Ids.next();
    database
        .run(sql -> sql.execute("insert into import (id, status, created_by, source_id) values (?, 'running', 'olena', ?)", id, source));
    return id;
  }

  private static IncomingMessage edited(String chat, String id, String text) {
    IncomingMessage m = said(chat, id, text);
    return new IncomingMessage(m.chat(), id, m.author(), m.sentAt(), m.sentAt().plusSeconds(60), m.kind(), text, List.of(), null, null,
        null, null, null, List.of());
  }

  private static IncomingMessage said(String chat, String id, String text) {
    return new IncomingMessage(new ChatRef(chat, chat.startsWith("group") ? ChatKind.GROUP : ChatKind.SUPERGROUP, null), id,
        Speaker.named("user:7", "Olena"), Instant.ofEpochSecond(1_700_000_000).plus(Duration.ZERO), null, MessageKind.TEXT, text,
        List.of(), null, null, null, null, null, List.of());
  }

  private void store(IncomingMessage m, UUID importId) {
    UUID chat = new Sources(database).getOrCreateChat(source, m.chat());
    UUID author = new tasktracker.person.People(database).identify(source, m.author());
    database.run(sql -> sql.createUpdate("""
            insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at, import_id)
            values (:id, :source, :chat, :external, :author, 'text', :text, sha256(convert_to(:text, 'UTF8')), :at, :import)""")
        .bind("id", Ids.next()).bind("source", source).bind("chat", chat).bind("external", m.externalId()).bind("author", author)
        .bind("text", m.text()).bind("at", m.sentAt()).bindByType("import", importId, UUID.class).execute());
  }
}
