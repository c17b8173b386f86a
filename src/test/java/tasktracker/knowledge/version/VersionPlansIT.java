package tasktracker.knowledge.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.QueryPlans;

/** With 20,000 versions of one atom and 10,000 of others, nothing reads all of them. */
class VersionPlansIT {

  private static final UUID ATOM = new UUID(5, 0);
  private static final String SAME_CHANGE = "{\"title\": \"T\", \"content\":\"Change 19000\"}";
  private static QueryPlans plans;

  @BeforeAll
  static void changeOneAtomVeryOften() {
    plans = new QueryPlans();
    plans.fill("""
        insert into atom (id, type, title, content, status, fingerprint, said_at, created_by)
        select ('00000000-0000-0005-0000-' || lpad(to_hex(n), 12, '0'))::uuid, 'decision', 'Title ' || n, 'Content', 'pending', sha256(n::text::bytea),
               now(), 'builtin' from generate_series(0, 10000) n;
        insert into knowledge_version (id, entity_type, entity_id, version, data, previous, base_revision, status, created_by, created_at, edited_at)
        select gen_random_uuid(), 'atom', '00000000-0000-0005-0000-000000000000', n, '{"content":"Change ' || n || '","title":"T"}', '{}', n,
               case n % 3 when 0 then 'approved' else 'rejected' end, 'olena', timestamptz '2025-06-01Z' + n * interval '1 minute',
               case n % 3 when 0 then now() end from generate_series(1, 20000) n;
        insert into knowledge_version (id, entity_type, entity_id, version, data, previous, base_revision, status, created_by, created_at)
        select gen_random_uuid(), 'atom', ('00000000-0000-0005-0000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, '{}', '{}', 1,
               case when n % 50 = 0 then 'pending' else 'approved' end, 'builtin', timestamptz '2025-06-01Z' + n * interval '1 hour'
          from generate_series(1, 10000) n;
        insert into knowledge_decision (id, entity_type, entity_id, action, previous, revision, decided_by)
        select gen_random_uuid(), 'atom', '00000000-0000-0005-0000-000000000000', 'approve', '{}', n, 'olena' from generate_series(1, 20000) n;
        """);
  }

  @AfterAll
  static void drop() {
    plans.close();
  }

  private static void assertUses(String index, Consumer<Database> work) {
    assertThat(plans.of(work)).contains(index).doesNotContain("Seq Scan on knowledge_version", "Seq Scan on knowledge_decision");
  }

  @Test
  void aChangeIsComparedWithTheSameChangeOnly() {
    assertUses("knowledge_version_change",
        db -> assertThat(new VersionStore(db).isProposed(VersionedType.ATOM, ATOM, SAME_CHANGE)).isTrue());
    assertUses("knowledge_version_change",
        db -> assertThat(new VersionStore(db).isProposed(VersionedType.ATOM, ATOM, "{\"content\":\"Change 20001\"}")).isFalse());
  }

  @Test
  void whatWaitsIsFoundAmongWhatWaits() {
    assertUses("knowledge_version_waiting", db -> assertThat(new VersionStore(db).hasPending(VersionedType.ATOM, ATOM)).isFalse());
  }

  @Test
  void theNextNumberAndTheOpenEditAreReadFromTheirIndexes() {
    assertUses("Index Only Scan Backward using knowledge_version_entity_type_entity_id_version_key",
        db -> assertThat(new VersionStore(db).nextNumber(VersionedType.ATOM, ATOM)).isEqualTo(20_001));
    Instant longAgo = Instant.EPOCH;
    assertUses("knowledge_version_edit",
        db -> assertThat(new VersionStore(db).findOpenEdit(VersionedType.ATOM, ATOM, 18_000, "olena", longAgo)).isPresent());
    assertUses("knowledge_version_edit",
        db -> assertThat(new VersionStore(db).findOpenEdit(VersionedType.ATOM, ATOM, 18_000, "kevin", longAgo)).isEmpty());
  }

  @Test
  void listsAndHistoriesReadOnePage() {
    assertUses("knowledge_version_newest", db -> assertThat(new VersionStore(db).list(null, null, 25, 0)).hasSize(25));
    assertUses("knowledge_version_", db -> assertThat(new VersionStore(db).list("pending", "atom", 25, 0)).hasSize(25));
    assertUses("knowledge_version_", db -> assertThat(new VersionStore(db).list("pending", "topic", 25, 0)).isEmpty());
    assertUses("knowledge_version_entity_type_entity_id_version_key",
        db -> assertThat(new VersionStore(db).list(VersionedType.ATOM, ATOM)).hasSize(200));
  }

  @Test
  void countsAreBounded() {
    assertThat(plans.of(db -> assertThat(new VersionStore(db).countByStatus(null)).containsEntry("pending", 200L)
        .containsEntry("rejected", 10_000L))).contains("limit 10000");
  }

  @Test
  void theEarlierDecisionIsFoundByItsRevision() {
    assertUses("knowledge_decision_entity", db -> db.run(sql -> sql.createUpdate("""
        update knowledge_decision set revision = revision where entity_type = 'atom' and entity_id = :entity and revision = 777
           and undone_at is null""").bind("entity", ATOM).execute()));
  }
}
