package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestMessages;
import tasktracker.message.Strength;

import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;

/** The strength of messages on a real database. */
class StrengthSqlIT {

  private static final List<String> CLASSES = List.of("noise", "weak_signal", "signal", "spam");
  private static TestDatabase schema;
  private static Database database;

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  private static Integer inSql(String classification, double importance) {
    return database.ask(sql -> sql.createQuery("select message_strength(:class, cast(:importance as real))::int")
        .bind("class", classification).bind("importance", importance).mapTo(Integer.class).one());
  }

  @Test
  void sqlAndJavaAgreeAndStayWithinTheBand() {
    for (int cents = 0; cents <= 100; cents++) {
      double importance = cents / 100.0;
      for (String name : CLASSES) {
        assertThat(inSql(name, importance)).as(name + " " + importance).isEqualTo(Strength.of(name, importance));
      }
      assertThat(Strength.of("noise", importance)).isBetween(0, 29);
      assertThat(Strength.of("weak_signal", importance)).isBetween(30, 70);
      assertThat(Strength.of("signal", importance)).isBetween(71, 100);
    }
    assertThat(Strength.of("spam", 0.3)).isNull();
  }

  @Test
  void strengthGrowsWithTheImportanceWithinAClass() {
    CLASSES.subList(0, 3).forEach(name -> assertThat(
        IntStream.rangeClosed(0, 100).mapToObj(cents -> Objects.requireNonNull(Strength.of(name, cents / 100.0))).toList()).isSorted());
  }

  @Test
  void aListByStrengthAgreesWithTheClassesOnEveryPage() {
    TestMessages messages = new TestMessages(database);
    UUID chat = messages.chat("Backend");
    UUID olena = messages.person("Olena");
    List<String> classes = List.of("spam", "noise", "weak_signal", "signal", "noise", "signal", "weak_signal");
    List<Double> scores = List.of(.9, .55, .39, .43, .2, .8, .6);
    List<UUID> ids = messages.say(olena, chat, Instant.now(), IntStream.range(0, 7).mapToObj(i -> "message " + i).toList());
    for (int i = 0; i < 7; i++) {
      int at = i;
      database.run(sql -> sql.execute("update message set noise_classification = ?, importance_score = ?, scored_at = now() where id = ?",
          classes.get(at), scores.get(at), ids.get(at)));
    }
    MessageFilter filter = new MessageFilter(null, null, null, null, chat, Set.of(), null, null, null, null, null);
    List<MessageItem> all = new ArrayList<>();
    List<MessageItem> page = new Feed(database).after(filter, FeedOrder.HIGHEST, null, 2);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = new Feed(database).after(filter, FeedOrder.HIGHEST, Cursor.of(Cursor.at(page.getLast()).toString()), 2);
    }
    assertThat(all).extracting(MessageItem::strength).containsExactly(90, 71, 60, 39, 27, 10, null);
    assertThat(all).extracting(MessageItem::noiseClassification)
        .containsExactly("signal", "signal", "weak_signal", "weak_signal", "noise", "noise", "spam");
    assertThat(new Feed(database).after(
        new MessageFilter(null, null, null, null, chat, Set.of(), null, null, null, null, null, null, null, 30, 70),
        FeedOrder.LOWEST, null, 9)).extracting(MessageItem::strength).containsExactly(39, 60);
    assertThat(new Feed(database)
        .count(new MessageFilter(null, null, null, null, chat, Set.of(), null, null, null, null, null, null, null, null, 29)))
        .as("spam has no strength").isEqualTo(new Feed.Count(2, true));
  }
}
