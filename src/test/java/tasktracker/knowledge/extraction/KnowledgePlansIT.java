package tasktracker.knowledge.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.Embeddings;
import tasktracker.knowledge.atom.AtomFilter;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.atom.EvidenceStore;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.knowledge.version.VersionStore;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.QueryPlans;

/** With 100,000 messages, 10,000 atoms and 10,000 versions, no list and no batch reads a whole table. */
class KnowledgePlansIT {

  private static final UUID CHAT = new UUID(2, 7), MESSAGE = new UUID(7, 50_000), TOPIC = new UUID(4, 7);
  private static final Instant MIDDLE = Instant.parse("2026-03-01T00:00:00Z");
  private static QueryPlans plans;

  @BeforeAll
  static void storeAYearOfMessagesAndWhatIsKnownFromThem() {
    plans = new QueryPlans();
    plans.fill("""
        insert into source (id, name, type) values ('00000000-0000-0001-0000-000000000001', 'telegram', 'telegram');
        insert into chat (id, source_id, external_id, kind)
        select ('00000000-0000-0002-0000-' || lpad(to_hex(n), 12, '0'))::uuid, '00000000-0000-0001-0000-000000000001', 'channel:' || n, 'supergroup'
          from generate_series(0, 39) n;
        insert into person (id, first_name)
        select ('00000000-0000-0003-0000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Person ' || n from generate_series(0, 299) n;
        insert into topic (id, name, name_key, icon, color, created_by)
        select ('00000000-0000-0004-0000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Topic ' || n, 'topic ' || n, 'folder', '#64748B', 'test'
          from generate_series(0, 199) n;
        insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at, importance_score,
                             noise_classification, scored_at, topic_id, topic_set_by)
        select ('00000000-0000-0007-0000-' || lpad(to_hex(n), 12, '0'))::uuid, '00000000-0000-0001-0000-000000000001',
               ('00000000-0000-0002-0000-' || lpad(to_hex(n % 40), 12, '0'))::uuid, n::text,
               ('00000000-0000-0003-0000-' || lpad(to_hex(n % 300), 12, '0'))::uuid, 'text', 'Says ' || md5(n::text), sha256(n::text::bytea),
               timestamptz '2025-06-01Z' + n * interval '5 minutes', .5, case n % 3 when 0 then 'signal' when 1 then 'weak_signal' else 'noise' end,
               now(), ('00000000-0000-0004-0000-' || lpad(to_hex(n % 200), 12, '0'))::uuid, 'builtin'
          from generate_series(1, 100000) n;
        insert into message_examination (message_id, revision, analyst)
        select id, revision, 'builtin' from message where noise_classification <> 'noise';
        insert into atom (id, type, title, content, confidence, status, fingerprint, said_at, created_by)
        select ('00000000-0000-0005-0000-' || lpad(to_hex(n), 12, '0'))::uuid, (array['decision', 'problem', 'question'])[n % 3 + 1], 'Title ' || n,
               'Content ' || md5(n::text), (n % 100) / 100.0, case when n % 10 < 8 then 'pending' else 'approved' end, sha256(n::text::bytea),
               timestamptz '2025-06-01Z' + n * interval '50 minutes', 'builtin' from generate_series(1, 10000) n;
        insert into atom_evidence (atom_id, position, message_id, revision, start_at, end_at, quote, author, sent_at)
        select ('00000000-0000-0005-0000-' || lpad(to_hex(n), 12, '0'))::uuid, p, ('00000000-0000-0007-0000-' || lpad(to_hex(n * 10 - p), 12, '0'))::uuid,
               1, 0, 4, 'Says', 'Olena', now() from generate_series(1, 10000) n, generate_series(0, 2) p;
        insert into topic_atom (topic_id, atom_id)
        select ('00000000-0000-0004-0000-' || lpad(to_hex(n % 200), 12, '0'))::uuid, ('00000000-0000-0005-0000-' || lpad(to_hex(n), 12, '0'))::uuid
          from generate_series(1, 10000) n;
        insert into knowledge_version (id, entity_type, entity_id, version, data, previous, base_revision, status, created_by, created_at)
        select gen_random_uuid(), 'atom', ('00000000-0000-0005-0000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, '{}', '{}', 1,
               case when n % 50 = 0 then 'pending' else 'approved' end, 'builtin', timestamptz '2025-06-01Z' + n * interval '1 hour'
          from generate_series(1, 10000) n;
        """);
  }

  @AfterAll
  static void drop() {
    plans.close();
  }

  private static String plan(Consumer<Database> work) {
    String plan = plans.of(work);
    assertThat(plan).isNotBlank();
    return plan;
  }

  private static void assertNoTableIsRead(Consumer<Database> work, String index) {
    String plan = plan(work);
    assertThat(plan).contains(index).doesNotContain("Seq Scan on message", "Seq Scan on atom", "Seq Scan on atom_evidence",
        "Seq Scan on knowledge_version");
  }

  private static BatchReader reader(Database database) {
    return new BatchReader(database, new Embeddings(null, null, null, null, null) {
      @Override
      public Vectors tryLocalVectors(Collection<UUID> messages) {
        return Vectors.NONE;
      }
    });
  }

  private static AtomFilter filter(String status, String type, UUID topic) {
    return new AtomFilter(null, status, type, topic, null, null, null, null);
  }

  @Test
  void theReviewListUsesItsIndexOnEveryPage() {
    assertNoTableIsRead(db -> assertThat(new AtomStore(db).list(filter("pending", null, null), "confidence", 26, 0)).hasSize(26),
        "atom_review");
    assertNoTableIsRead(db -> assertThat(new AtomStore(db).list(AtomFilter.ANY, "newest", 26, 0)).hasSize(26), "atom_newest");
    assertNoTableIsRead(db -> assertThat(new AtomStore(db).list(filter(null, "decision", null), "newest", 26, 0)).hasSize(26), "atom_");
  }

  /** Of a status that most atoms have, the first 10,000 found are counted, by the index or not. */
  @Test
  void theCountsOfTheTabsAreBoundedOrUseTheIndex() {
    assertThat(plan(db -> assertThat(new AtomStore(db).countByStatus(AtomFilter.ANY)).containsEntry("pending", 8000L)))
        .contains("limit 10000").contains("Index Only Scan using atom_review");
    assertNoTableIsRead(db -> assertThat(new VersionStore(db).countPending().count()).isEqualTo(200), "knowledge_version_waiting");
  }

  @Test
  void theAtomsOfATopicAndOfAMessageUseIndexes() {
    assertNoTableIsRead(db -> assertThat(new AtomStore(db).list(filter(null, null, TOPIC), "newest", 100, 0)).hasSize(50), "topic_atom");
    assertNoTableIsRead(db -> assertThat(new AtomStore(db).ofMessage(MESSAGE, 20)).isNotEmpty(), "atom_evidence_message");
    assertNoTableIsRead(db -> assertThat(new EvidenceStore(db).findByMessages(List.of(MESSAGE))).isNotEmpty(), "atom_evidence_message");
  }

  @Test
  void aPageOfTopicsCountsTheirMessagesByIndex() {
    assertNoTableIsRead(db -> assertThat(new TopicStore(db).list(null, true, null, "name_asc", 24, 0).items()).hasSize(24),
        "message_topic");
  }

  @Test
  void theChosenTopicIsAmongTheChoicesWhateverItsState() {
    plan(db -> {
      db.run(sql -> sql.execute("update topic set is_active = false where id = ?", TOPIC));
      assertThat(new TopicStore(db).choices(TOPIC)).hasSize(200).extracting(TopicStore.Choice::id).contains(TOPIC);
      assertThat(new TopicStore(db).choices(null)).hasSize(199).extracting(TopicStore.Choice::id).doesNotContain(TOPIC);
      db.run(sql -> sql.execute("update topic set is_active = true where id = ?", TOPIC));
    });
  }

  @Test
  void aPageOfVersionsUsesItsIndex() {
    assertNoTableIsRead(db -> assertThat(new VersionStore(db).list("pending", null, 25, 0)).hasSize(25), "knowledge_version_status");
  }

  @Test
  void aBatchIsReadByTheIndexOfItsChat() {
    RunSelection all = new RunSelection(List.of(), null, null, null, true);
    assertNoTableIsRead(db -> assertThat(reader(db).next(all, new RunPosition(CHAT, MIDDLE, new UUID(0, 0)), 200)).isPresent(),
        "message_chat_feed");
  }

  @Test
  void chosenMessagesAreReadByTheirIds() {
    assertNoTableIsRead(db -> assertThat(reader(db).next(RunSelection.of(List.of(MESSAGE)), null, 200)).isPresent(), "message_pkey");
  }

  @Test
  void newSignalsOfTheLastDayAreCountedByIndex() {
    Instant since = Instant.parse("2025-06-01T00:00:00Z").plusSeconds(300L * 100_000 - 86_400);
    assertNoTableIsRead(db -> assertThat(reader(db).hasUnexamined(since, null, 10)).isFalse(), "message_");
  }
}
