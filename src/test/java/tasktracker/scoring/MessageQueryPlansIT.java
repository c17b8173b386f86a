package tasktracker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.message.MessageScores;
import tasktracker.message.feed.Cursor;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.FeedOrder;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.QueryPlans;

/** With 100,000 messages of one year, each list query uses the index that was created for it. */
class MessageQueryPlansIT {

  private static final UUID CHAT = new UUID(2, 7), OLENA = new UUID(3, 7);
  private static final Cursor MIDDLE = new Cursor(Instant.parse("2026-03-01T00:00:00Z"), new UUID(0, 0), 50);
  private static QueryPlans plans;

  @BeforeAll
  static void storeAYearOfMessages() {
    plans = new QueryPlans();
    plans.fill("""
        insert into source (id, name, type) values ('00000000-0000-0001-0000-000000000001', 'telegram', 'telegram');
        insert into chat (id, source_id, external_id, kind)
        select ('00000000-0000-0002-0000-' || lpad(to_hex(n), 12, '0'))::uuid, '00000000-0000-0001-0000-000000000001', 'channel:' || n, 'supergroup'
          from generate_series(0, 39) n;
        insert into person (id, first_name)
        select ('00000000-0000-0003-0000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Person ' || n from generate_series(0, 299) n;
        insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at, importance_score, noise_classification, scored_at)
        select gen_random_uuid(), '00000000-0000-0001-0000-000000000001', ('00000000-0000-0002-0000-' || lpad(to_hex(n % 40), 12, '0'))::uuid, n::text,
               ('00000000-0000-0003-0000-' || lpad(to_hex(n % 300), 12, '0'))::uuid, 'text', 'Says ' || md5(n::text), sha256(n::text::bytea),
               timestamptz '2025-06-01Z' + n * interval '5 minutes', score, case when score > 0.9 then 'signal' when score is not null then 'noise' end,
               case when score is not null then now() end
          from (select n, case when n % 500 <> 0 then (n % 997) / 997.0::real end as score from generate_series(1, 100000) n) as m;
        """);
  }

  @AfterAll
  static void drop() {
    plans.close();
  }

  private static MessageFilter filter(@Nullable String text, @Nullable UUID author, @Nullable UUID chat, Set<String> classes) {
    return new MessageFilter(text, null, author, null, chat, classes, null, null, null, null, null);
  }

  /** Reads the first page and a page in the middle. */
  private static Consumer<Database> pages(MessageFilter filter, FeedOrder order) {
    return database -> {
      assertThat(new Feed(database).after(filter, order, null, 25)).hasSize(25);
      assertThat(new Feed(database).after(filter, order, MIDDLE, 25)).hasSize(25);
    };
  }

  private static void assertIndexUsed(String index, int times, Consumer<Database> work) {
    String plan = plans.of(work);
    assertThat(plan).doesNotContain("Seq Scan on message");
    assertThat(plan.split("using " + index + " on message", -1).length - 1).as(plan).isEqualTo(times);
  }

  @Test
  void theFeedIsPagedByItsIndexInBothDirections() {
    assertIndexUsed("message_feed", 2, pages(MessageFilter.ANY, FeedOrder.NEWEST));
    assertThat(plans.of(pages(MessageFilter.ANY, FeedOrder.OLDEST))).contains("Index Scan Backward using message_feed")
        .doesNotContain("Seq Scan on message");
  }

  @Test
  void messagesOfAnAuthorUseTheAuthorIndex() {
    assertIndexUsed("message_author_feed", 2, pages(filter(null, OLENA, null, Set.of()), FeedOrder.NEWEST));
  }

  @Test
  void messagesOfAChatUseTheChatIndex() {
    assertIndexUsed("message_chat_feed", 2, pages(filter(null, null, CHAT, Set.of()), FeedOrder.NEWEST));
  }

  @Test
  void messagesOfAClassUseTheClassIndex() {
    assertIndexUsed("message_class_feed", 2, pages(filter(null, null, null, Set.of("signal")), FeedOrder.NEWEST));
  }

  @Test
  void theStrongestMessagesUseTheStrengthIndex() {
    assertIndexUsed("message_strength", 2, pages(MessageFilter.ANY, FeedOrder.LOWEST));
    assertThat(plans.of(pages(MessageFilter.ANY, FeedOrder.HIGHEST))).contains("Index Scan Backward using message_strength")
        .doesNotContain("Seq Scan on message");
  }

  /** No message has the text: one that stands in the planner's random sample would be taken for one in a hundred. */
  @Test
  void aTextFilterUsesTheTrigramIndex() {
    assertThat(plans.of(database -> new Feed(database).after(filter("g81e728d9d4c", null, null, Set.of()), FeedOrder.NEWEST, null, 25)))
        .contains("message_content_trgm").doesNotContain("Seq Scan on message");
  }

  @Test
  void unscoredMessagesUseThePartialIndex() {
    assertIndexUsed("message_unscored", 1,
        database -> assertThat(new ScoreStore(database, new MessageScores(database)).findNewestUnscored(50)).hasSize(50));
  }

  @Test
  void rescoringReadsOnlyTheLastTwoHours() {
    assertThat(plans.of(database -> new ScoreStore(database, new MessageScores(database)).findRescorable(50))).contains("on message")
        .doesNotContain("Seq Scan on message");
  }
}
