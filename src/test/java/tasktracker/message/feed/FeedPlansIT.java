package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.QueryPlans;

/** Twenty thousand chats and people: what a page asks about one chat, or about the first few, does not read them all. */
class FeedPlansIT {

  private static QueryPlans plans;

  @BeforeAll
  static void manyChatsAndPeople() {
    plans = new QueryPlans();
    plans.fill("""
        insert into source (id, name, type) values ('00000000-0000-0001-0000-000000000001', 'telegram', 'telegram');
        insert into chat (id, source_id, external_id, kind, title)
        select ('00000000-0000-0002-0000-' || lpad(to_hex(n), 12, '0'))::uuid, '00000000-0000-0001-0000-000000000001', 'channel:' || n,
               'supergroup', 'Chat ' || md5(n::text) from generate_series(1, 20000) n;
        insert into person (id, first_name)
        select gen_random_uuid(), 'Person ' || md5(n::text) from generate_series(1, 20000) n;
        insert into message_count (source_id, chat_id, noise_classification, slot, messages)
        select source_id, id, class, 0, 7 from chat cross join unnest(array['unscored', 'noise', 'signal']) as class;
        """);
  }

  @AfterAll
  static void drop() {
    plans.close();
  }

  @Test
  void theCountersOfOneChatAreReadByItsIndex() {
    UUID chat = new UUID(2, 7);
    assertThat(plans.of(database -> assertThat(new Feed(database).readCounters(chat)).containsEntry("noise", 7L)))
        .contains("message_count_chat").doesNotContain("Seq Scan on message_count");
  }

  @Test
  void theFirstChatsAndPeopleAreReadByName() {
    assertThat(plans.of(database -> new Feed(database).filterOptions()))
        .contains("using chat_title on chat", "using person_full_name on person")
        .doesNotContain("Seq Scan on chat", "Seq Scan on person");
  }
}
