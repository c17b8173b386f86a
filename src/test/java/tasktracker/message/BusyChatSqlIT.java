package tasktracker.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.feed.Feed;
import tasktracker.person.People;
import tasktracker.person.Speaker;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.OpenTransaction;
import tasktracker.platform.data.TestDatabase;
import tasktracker.search.SearchIndexer;

/** Many say something in one chat at once: transactions that are still open hold up none of the others. */
class BusyChatSqlIT {

  private static final Speaker OLENA = Speaker.named("user:1", "Olena");
  private static TestDatabase schema;
  private static Database database;
  private final String name = "s" + UUID.randomUUID();
  private final UUID source = new Sources(database).getOrCreate(name, "telegram");
  private final List<OpenTransaction> open = new ArrayList<>();
  private int said;

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  @BeforeEach
  void olenaHasSpokenBefore() {
    receive(database, "Team", OLENA, "hello");
  }

  @AfterEach
  void nothingStaysOpen() {
    open.forEach(OpenTransaction::close);
  }

  private Database begun() {
    open.add(OpenTransaction.on(schema));
    return open.getLast().database();
  }

  private void commitAll() {
    open.forEach(OpenTransaction::commit);
  }

  /** Does what a webhook does with a message, in the transaction of that database. */
  private UUID receive(Database in, String title, Speaker author, String text) {
    var message = new IncomingMessage(new ChatRef("channel:7", ChatKind.SUPERGROUP, title), String.valueOf(++said), author,
        Instant.parse("2026-03-02T12:00:00Z"), null, MessageKind.TEXT, text, List.of(), null, null, null, null, null, List.of());
    Sources sources = new Sources(in);
    MessageRow row = MessageRow.of(message, sources.getOrCreate(name, "telegram"),
        sources.getOrCreateChat(source, message.chat()), new People(in).identify(source, author), null);
    assertThat(new MessageStore(in).insert(List.of(row))).containsExactly(row.id());
    new SearchIndexer(in, new FailedItems(in, (event, data) -> {})).index(List.of(new SearchIndexer.Text(row.id(), text)));
    return row.id();
  }

  private static void score(Database in, UUID message) {
    in.run(sql -> sql.execute("update message set noise_classification = 'signal', importance_score = 0.9 where id = ?", message));
  }

  private UUID chat() {
    return new Sources(database).getOrCreateChat(source, new ChatRef("channel:7", ChatKind.SUPERGROUP, null));
  }

  private String title() {
    return new Sources(database).chats(source, 1, 0).getFirst().title();
  }

  private static long count(String query, Object... values) {
    return database.ask(sql -> sql.select(query, values).mapTo(Long.class).one());
  }

  @Test
  void aMessageIsTakenWhileAnotherOfTheSamePersonIsNotCommitted() {
    receive(begun(), "Team", OLENA, "brandnewword");
    receive(begun(), "Team", OLENA, "brandnewword");
    commitAll();
    assertThat(count("select count(*) from message where chat_id = ?", chat())).isEqualTo(3);
  }

  @Test
  void aNewNameOfChatAndPersonHoldsUpNoMessage() {
    receive(begun(), "Team 2", Speaker.named("user:1", "Olena K"), "renamed");
    receive(begun(), "Team 2", Speaker.named("user:1", "Olena K"), "renamed as well");
    receive(begun(), "Team", OLENA, "sent before");
    commitAll();
    assertThat(title()).isEqualTo("Team 2");
    assertThat(count("select count(*) from person p join speaker s on s.person_id = p.id where s.source_id = ? and p.first_name = ?",
        source, "Olena K")).isEqualTo(1);
  }

  @Test
  void aRolledBackNameIsSetByTheNextMessage() {
    receive(begun(), "Team 2", OLENA, "this one fails");
    receive(begun(), "Team 2", OLENA, "this one does not");
    open.getFirst().close();
    open.removeFirst();
    commitAll();
    receive(database, "Team 2", OLENA, "the next one");
    assertThat(title()).isEqualTo("Team 2");
  }

  @Test
  void twentyAtOnceAreCountedInOneChat() {
    List<UUID> messages = IntStream.range(0, 20).mapToObj(i -> receive(begun(), "Team", OLENA, "at once " + i)).toList();
    commitAll();
    assertThat(new Feed(database).readCounters(chat())).containsEntry("unscored", 21L);
    IntStream.range(0, 20).forEach(i -> score(open.get(i).database(), messages.get(i)));
    commitAll();
    assertThat(new Feed(database).readCounters(chat())).containsEntry("unscored", 1L).containsEntry("signal", 20L);
  }

  @Test
  void aTransactionCreatesACounterWhenAllAreLocked() {
    IntStream.range(0, 20).forEach(i -> begun());
    List<OpenTransaction> few = open.subList(0, 5);
    few.forEach(one -> receive(one.database(), "Team", OLENA, "first"));
    commitAll();
    open.reversed().forEach(one -> receive(one.database(), "Team", OLENA, "second"));
    commitAll();
    assertThat(new Feed(database).readCounters(chat())).containsEntry("unscored", 26L);
  }

  @Test
  void aChatHasNoMoreCountersThanTransactionsAtOnce() {
    for (int i = 0; i < 20; i++) {
      try (var one = OpenTransaction.on(schema)) {
        receive(one.database(), "Team", OLENA, "one after the other");
        one.commit();
      }
    }
    assertThat(count("select count(*) from message_count where chat_id = ?", chat())).isEqualTo(1);
    assertThat(new Feed(database).readCounters(chat())).containsEntry("unscored", 21L);
  }

  @Test
  void concurrentFirstMessagesCreateOnePersonAndChat() throws Exception {
    List<Callable<UUID>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Speaker kevin = new Speaker("user:kevin" + i, "Kevin", null, null, source + "@example.org", null, false, false);
      all.add(() -> new People(database).identify(source, kevin));
    }
    assertThat(atOnce(all)).hasSize(1);
    all.clear();
    IntStream.range(0, 16)
        .forEach(i -> all.add(() -> new Sources(database).getOrCreateChat(source, new ChatRef("group:new", ChatKind.GROUP, "New"))));
    assertThat(atOnce(all)).hasSize(1);
  }

  private static Set<UUID> atOnce(List<Callable<UUID>> all) throws Exception {
    try (var threads = Executors.newFixedThreadPool(all.size())) {
      Set<UUID> found = new java.util.HashSet<>();
      for (Future<UUID> each : threads.invokeAll(all)) {
        found.add(each.get());
      }
      return found;
    }
  }

  @Test
  void aMessageOfAGroupThatIsBecomingASupergroupFollowsIt() throws Exception {
    UUID group = new Sources(database).getOrCreateChat(source, new ChatRef("group:8", ChatKind.GROUP, "Team"));
    Database move = begun();
    new ChatMigrations(move).join(source, "group:8", "channel:8", "Team");
    try (var thread = Executors.newSingleThreadExecutor()) {
      Future<IncomingMessage> late = thread.submit(() -> new ChatMigrations(database).adjust(source, List.of(inGroup("5"))).getFirst());
      Await.until("the message waits for the move", Duration.ofSeconds(20), () -> count("""
          select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'""") > 0);
      commitAll();
      assertThat(late.get().externalId()).isEqualTo("-999999995");
      assertThat(new Sources(database).getOrCreateChat(source, late.get().chat())).isEqualTo(group);
    }
  }

  private static IncomingMessage inGroup(String id) {
    return new IncomingMessage(new ChatRef("group:8", ChatKind.GROUP, "Team"), id, OLENA, Instant.parse("2026-03-02T12:00:00Z"),
        null, MessageKind.TEXT, "sent before", List.of(), null, null, null, null, null, List.of());
  }
}
