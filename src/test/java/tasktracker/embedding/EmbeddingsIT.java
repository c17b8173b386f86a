package tasktracker.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.FakeEmbeddingServer;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.ai.TestEmbedder;
import tasktracker.platform.ai.RemoteEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.SchemaChanges;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.JobRun;

class EmbeddingsIT {

  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final LocalEmbedder LOCAL = TestEmbedder.local();
  private static TestDatabase schema;
  private static Database database;
  private TestMessages talk;
  private UUID olena;
  private UUID chat;
  private Embeddings embeddings;

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
  void meet() {
    database.run(sql -> sql.execute("truncate message, message_count, embedding_tally, message_embedding, source cascade"));
    talk = new TestMessages(database);
    olena = talk.person("Olena");
    chat = talk.chat("Backend");
    embeddings = by(LOCAL);
  }

  @Test
  void embeddingIsIdempotent() {
    List<UUID> said = talk.say(olena, chat, MONDAY, List.of("The login page is broken", "Fixed in 2.3", "   "));
    embeddings.embed(said);
    embeddings.embed(said);
    assertThat(embeddings.vectors(said)).containsOnlyKeys(said.get(0), said.get(1));
    assertThat(embeddings.vectors(said).get(said.getFirst())).isEqualTo(LOCAL.embed(List.of("The login page is broken")).getFirst());
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(2, 0));
  }

  @Test
  void scoringComputesMissingVectors() {
    List<UUID> said = talk.say(olena, chat, MONDAY, List.of("one thing", "another thing", ""));
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(0, 2));
    assertThat(embeddings.localVectors(said)).containsOnlyKeys(said.get(0), said.get(1));
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(2, 0));
  }

  @Test
  void anEditedMessageIsEmbeddedAgain() {
    UUID message = talk.says(olena, chat, MONDAY, "release on Friday");
    embeddings.embed(List.of(message));
    talk.edits(message, "release on Monday");
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(0, 1));
    embeddings.embed(List.of(message));
    assertThat(embeddings.vectors(List.of(message)).get(message)).isEqualTo(LOCAL.embed(List.of("release on Monday")).getFirst());
  }

  @Test
  void aMessageWithoutTextIsNotEmbedded() {
    UUID message = talk.says(olena, chat, MONDAY, "oops");
    embeddings.embed(List.of(message));
    talk.edits(message, " ");
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(0, 0));
    talk.edits(message, "back again");
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(0, 1));
  }

  @Test
  void aVectorOfAnOutdatedTextIsNotStored() {
    UUID message = talk.says(olena, chat, MONDAY, "before");
    var interrupted = by(new Thinking(LOCAL, () -> talk.edits(message, "after")));
    interrupted.embed(List.of(message));
    assertThat(interrupted.vectors(List.of(message))).isEmpty();
    assertThat(interrupted.counts().toEmbed()).isEqualTo(1);
  }

  @Test
  void concurrentJobsEmbedAMessageOnce() {
    List<UUID> said = talk.say(olena, chat, MONDAY, IntStream.range(0, 50).mapToObj(i -> "thing number " + i).toList());
    var texts = new AtomicInteger();
    var counted = by(new Thinking(LOCAL, () -> texts.incrementAndGet()));
    var asked = IntStream.range(0, 4).mapToObj(i -> CompletableFuture.runAsync(() -> counted.embed(said))).toList();
    asked.forEach(CompletableFuture::join);
    assertThat(texts).hasValue(50);
    assertThat(counted.vectors(said)).hasSize(50);
  }

  @Test
  void aMessageBeingDeletedBlocksNoOther() {
    List<UUID> said = talk.say(olena, chat, MONDAY, List.of("one", "two"));
    var deleted = new CountDownLatch(1);
    var embedding = new CompletableFuture<Void>();
    var deletion = CompletableFuture.runAsync(() -> database.run(sql -> {
      sql.execute("begin");
      sql.execute("delete from message where id = ?", said.getFirst());
      deleted.countDown();
      Await.until("the embedding waits for the deletion", Duration.ofSeconds(20), () -> embedding.isDone() || isHeldUp());
      sql.execute("commit");
    }));
    try {
      by(new Thinking(LOCAL, () -> awaitUninterrupted(deleted))).embed(said);
    } finally {
      embedding.complete(null);
    }
    deletion.join();
    assertThat(embeddings.vectors(said)).containsOnlyKeys(said.getLast());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isHeldUp() {
    return database.ask(sql -> sql.createQuery("""
        select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')""")
        .mapTo(Boolean.class).one());
  }

  @Test
  void deletedMessagesAreNotCounted() {
    List<UUID> said = talk.say(olena, chat, MONDAY, List.of("one", "two", "three"));
    embeddings.embed(said.subList(0, 2));
    database.run(sql -> sql.execute("delete from message where id = ?", said.getFirst()));
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(1, 1));
    database.run(sql -> sql.execute("select fold_embedding_tally()"));
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(1, 1));
  }

  @Test
  void aNewModelGetsItsOwnIndexAndBecomesActive() {
    List<UUID> said = talk.say(olena, chat, MONDAY, List.of("one", "two", "three"));
    embeddings.embed(said);
    embeddings.activate();
    try (var server = FakeEmbeddingServer.start(768)) {
      var other = by(RemoteEmbedder.ollama(new RemoteEmbedder.Address(server.url(), "", "nomic-embed-text", Duration.ofSeconds(5), 0)));
      assertThat(other.activeModel().model().name()).isEqualTo(LocalEmbedder.MODEL);
      assertThat(other.findMissing(new UUID(0, 0), 10)).containsExactlyElementsOf(said);
      other.embed(said);
      other.activate();
      assertThat(other.activeModel().model().dimension()).isEqualTo(768);
      assertThat(other.localVectors(said)).hasSize(3);
      assertThat(indexes()).contains("message_embedding_near_" + other.activeModel().model().id());
    }
  }

  @Test
  void newVectorsAreIndexedLaterInBatches() {
    List<UUID> said = talk.say(olena, chat, MONDAY, List.of("one", "two", "three"));
    embeddings.embed(said);
    var store = new VectorStore(database);
    assertThat(store.hasUnindexed(3)).isTrue();
    assertThat(store.addToIndex(2)).isEqualTo(2);
    assertThat(store.hasUnindexed(2)).isFalse();
    assertThat(store.addToIndex(2)).isEqualTo(1);
    assertThat(store.addToIndex(2)).isZero();
    assertThat(embeddings.vectors(said)).hasSize(3);
    assertThat(embeddings.counts()).isEqualTo(new Embeddings.Counts(3, 0));
  }

  @Test
  void anUnreadableTextIsSetAsideAndTheOthersGetTheirVectors() {
    List<UUID> said = talk.say(olena, chat, MONDAY, List.of("one", "poison", "two"));
    by(new Choking(LOCAL)).embed(said);
    assertThat(embeddings.vectors(said)).containsOnlyKeys(said.get(0), said.get(2));
    assertThat(failedItems().list(null, null, 10)).singleElement().satisfies(item -> {
      assertThat(item.kind()).isEqualTo("embed_message");
      assertThat(item.messageId()).isEqualTo(said.get(1));
      assertThat(item.error()).contains("cannot read this");
    });
    new EmbedFailedMessages(embeddings).retry(failedItems().list(null, null, 10));
    assertThat(embeddings.vectors(said)).hasSize(3);
    assertThat(failedItems().count()).isZero();
  }

  @Test
  void anotherModelTakesOverAlthoughOneTextIsSetAside() {
    List<UUID> said = talk.say(olena, chat, MONDAY, List.of("one", "poison", "two"));
    embeddings.embed(said);
    embeddings.activate();
    try (var server = FakeEmbeddingServer.start(768)) {
      server.refuse("poison");
      var other = by(RemoteEmbedder.openAi(new RemoteEmbedder.Address(server.url() + "/v1", "", "another", Duration.ofSeconds(5), 768)));
      new EmbedMissingMessages.Handler(other, null, null).perform(new EmbedMissingMessages(), new Quiet());
      assertThat(other.activeModel().model().dimension()).isEqualTo(768);
      assertThat(other.vectors(said)).containsOnlyKeys(said.get(0), said.get(2));
      assertThat(failedItems().ofMessage(said.get(1))).hasSize(1);
      assertThat(other.isBehind()).as("what is set aside is retried by itself").isFalse();
      server.refuse("nothing");
      new EmbedFailedMessages(other).retry(failedItems().list(null, null, 10));
      assertThat(other.vectors(said)).hasSize(3);
      assertThat(failedItems().count()).isZero();
    }
  }

  @Test
  void aModelThatRefusesManyTextsDoesNotTakeOver() {
    List<UUID> said = talk.say(olena, chat, MONDAY, IntStream.range(0, 150).mapToObj(i -> "poison " + i).toList());
    embeddings.embed(said);
    embeddings.activate();
    try (var server = FakeEmbeddingServer.start(768)) {
      server.refuse("poison");
      var other = by(RemoteEmbedder.openAi(new RemoteEmbedder.Address(server.url() + "/v1", "", "refusing", Duration.ofSeconds(5), 768)));
      assertThatThrownBy(() -> new EmbedMissingMessages.Handler(other, null, null).perform(new EmbedMissingMessages(), new Quiet()))
          .isInstanceOf(IllegalStateException.class);
      assertThat(other.activeModel().model().name()).isEqualTo(LocalEmbedder.MODEL);
    }
  }

  private static FailedItems failedItems() {
    return new FailedItems(database, (event, data) -> {});
  }

  /** A model that one word is too much for. */
  private record Choking(Embedder model) implements Embedder {
    @Override
    public String modelId() {
      return model.modelId();
    }

    @Override
    public int dimension() {
      return model.dimension();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
      if (texts.contains("poison")) {
        throw new IllegalStateException("It cannot read this");
      }
      return model.embed(texts);
    }
  }

  private static final class Quiet implements JobRun {
    @Override
    public UUID jobId() {
      return UUID.randomUUID();
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public void progress(long done, long total, String note) {}

    @Override
    public boolean stopRequested() {
      return false;
    }

    @Override
    public void complete() {}
  }

  private static List<String> indexes() {
    return database.ask(sql -> sql.createQuery("select indexname from pg_indexes where tablename = 'message_embedding'")
        .mapTo(String.class).list());
  }

  private static Embeddings by(Embedder embedder) {
    return new Embeddings(new VectorStore(database), new VectorModels(database, new SchemaChanges(schema.dataSource())), embedder, LOCAL,
        new FailedItems(database, (event, data) -> {}));
  }

  /** A model during whose thinking something happens, once a text. */
  private record Thinking(Embedder model, Runnable meanwhile) implements Embedder {
    @Override
    public String modelId() {
      return model.modelId();
    }

    @Override
    public int dimension() {
      return model.dimension();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
      texts.forEach(t -> meanwhile.run());
      return model.embed(texts);
    }
  }
}
