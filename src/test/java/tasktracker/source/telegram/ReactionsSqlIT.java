package tasktracker.source.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.IgnoredEvents;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.MessageReactions;
import tasktracker.message.Sources;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.TestDatabase;

/** Very many people react to one message. */
class ReactionsSqlIT {

  private static final int PEOPLE = 3 * Reactions.MAX_PEOPLE;
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final ChatRef CHAT = new ChatRef("channel:1", ChatKind.SUPERGROUP, "Team");
  private final TestDatabase schema = TestDatabase.create();
  private final Database database = schema.database();
  private final Sources sources = new Sources(database);
  private final Reactions reactions = new Reactions(database, sources, new MessageReactions(database, IgnoredEvents.create()));
  private UUID source;

  @BeforeEach
  void aMessageThatThreeLikedBefore() {
    source = sources.getOrCreate("telegram", "telegram");
    UUID chat = sources.getOrCreateChat(source, CHAT);
    UUID person = Ids.next();
    database.run(sql -> {
      sql.execute("insert into person (id, first_name) values (?, 'Olena')", person);
      sql.execute("""
          insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, entities, sent_at, reactions)
          values (?, ?, ?, '7', ?, 'text', 'hello', sha256('hello'), '[]', now(), '[{"emoji": "+", "count": 3}]')""", Ids.next(), source,
          chat, person);
    });
  }

  @AfterEach
  void drop() {
    schema.close();
  }

  @Test
  void allAreCountedAndOnlySoManyAreKeptOneByOne() {
    for (int i = 0; i < PEOPLE; i++) {
      change("user:" + i, i, Map.of(), Map.of("+", 1));
      assertThat(kept()).isLessThanOrEqualTo(Reactions.MAX_PEOPLE + 1);
    }
    assertThat(shown()).isEqualTo(PEOPLE + 3);
    change("user:0", PEOPLE, Map.of("+", 1), Map.of());
    change("user:" + (PEOPLE - 1), PEOPLE, Map.of("+", 1), Map.of());
    assertThat(shown()).isEqualTo(PEOPLE + 1);
    change("user:0", PEOPLE, Map.of("+", 1), Map.of()); // once more
    assertThat(shown()).isEqualTo(PEOPLE + 1);
  }

  private void change(String actor, int second, Map<String, Integer> before, Map<String, Integer> after) {
    reactions.apply(source, new ReactionChange(CHAT, "7", actor, NOON.plusSeconds(second), before, after));
  }

  private int kept() {
    return database.ask(sql -> sql.createQuery("select count(*) from telegram_reaction").mapTo(Integer.class).one());
  }

  private int shown() {
    return database.ask(sql -> sql.createQuery("select (reactions->0->>'count')::int from message").mapTo(Integer.class).one());
  }
}
