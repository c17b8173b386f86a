package tasktracker.knowledge.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;
import tasktracker.project.ProjectStore;
import tasktracker.project.Projects;

/** The projects of topics on a database. */
class TopicProjectsSqlIT {

  private static final UUID GARDEN = new UUID(1, 1), ORCHARD = new UUID(1, 2), SOURCE = new UUID(1, 3), CHAT = new UUID(1, 4),
      OLENA = new UUID(1, 5);
  private static TestDatabase schema;
  private static Database database;
  private static TopicProjects topicProjects;
  private static TopicStore topics;
  private static int written;

  @BeforeAll
  static void createTwoProjects() {
    schema = TestDatabase.create();
    database = new Database(schema.transactional());
    topicProjects = new TopicProjects(database, new Projects(new ProjectStore(database), null, null, null, null), null);
    topics = new TopicStore(database);
    database.run(sql -> {
      sql.execute("insert into source (id, name, type) values (?, 'telegram', 'telegram')", SOURCE);
      sql.execute("insert into chat (id, source_id, external_id, kind) values (?, ?, 'group:1', 'group')", CHAT, SOURCE);
      sql.execute("insert into person (id, first_name) values (?, 'Olena')", OLENA);
      project(GARDEN, "Garden", "tulip");
      project(ORCHARD, "Orchard", "apple");
    });
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  private static void project(UUID id, String name, String keyword) {
    database.run(sql -> sql.execute("""
        insert into project (id, name, keywords, glossary, components, critical_keywords, high_keywords, default_assignee_ids, version,
                             created_by)
        values (?, ?, array[?], '{}', '[]', '{}', '{}', '{}', '1.0.0', 'test')""", id, name, keyword));
  }

  private static UUID topic(String name) {
    UUID id = UUID.randomUUID();
    database.run(sql -> sql.execute("""
        insert into topic (id, name, name_key, icon, color, created_by) values (?, ?, ?, 'folder', '#64748B', 'test')""", id, name,
        id.toString()));
    return id;
  }

  private static void messages(UUID topic, UUID project, String word, int many) {
    for (int i = 0; i < many; i++) {
      UUID id = UUID.randomUUID();
      database.run(sql -> {
        sql.execute("""
            insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at, topic_id)
            values (?, ?, ?, ?, ?, 'text', 'Hello', 'x', now(), ?)""", id, SOURCE, CHAT, String.valueOf(written++), OLENA, topic);
        sql.execute("insert into message_project select id, ?, .75, array[?], sent_at from message where id = ?", project, word, id);
      });
    }
  }

  private static TopicItem classified(UUID topic) {
    topicProjects.classify(List.of(topic));
    return topics.find(topic).orElseThrow();
  }

  @Test
  void theNameOfATopicTellsItsProject() {
    UUID topic = topic("When to plant a tulip");
    messages(topic, ORCHARD, "apple", 5);
    assertThat(classified(topic)).extracting(TopicItem::projectId, TopicItem::projectName, TopicItem::projectMatched)
        .containsExactly(GARDEN, "Garden", List.of("tulip"));
  }

  @Test
  void mostOfItsMessagesTellTheProjectOfATopic() {
    UUID topic = topic("Plans of spring");
    messages(topic, ORCHARD, "apple", 3);
    messages(topic, ORCHARD, "Orchard", 1);
    messages(topic, GARDEN, "tulip", 2);
    assertThat(classified(topic)).extracting(TopicItem::projectName, TopicItem::projectWords).containsExactly("Orchard", "apple, Orchard");
    assertThat(topics.list("Plans", true, ORCHARD, "name_asc", 10, 0).total()).isEqualTo(1);
    assertThat(topics.list("Plans", true, GARDEN, "name_asc", 10, 0).total()).isZero();
  }

  @Test
  void oneMessageOrTwoEqualProjectsTellNothing() {
    UUID single = topic("Something");
    messages(single, GARDEN, "tulip", 1);
    assertThat(classified(single).projectId()).isNull();
    messages(single, GARDEN, "tulip", 1);
    assertThat(classified(single).projectId()).isEqualTo(GARDEN);
    messages(single, ORCHARD, "apple", 2);
    assertThat(classified(single)).extracting(TopicItem::projectId, TopicItem::projectMatched).containsExactly(null, List.of());
  }

  @Test
  void classifyingChangesNoRevisionAndForgetsDeletedProjects() {
    UUID passing = UUID.randomUUID();
    project(passing, "Passing", "meadow");
    UUID topic = topic("A meadow");
    TopicItem before = classified(topic);
    assertThat(before.projectName()).isEqualTo("Passing");
    assertThat(List.of(before.revision(), classified(topic).revision())).containsExactly(1, 1);
    database.run(sql -> sql.execute("delete from project where id = ?", passing));
    assertThat(topics.find(topic).orElseThrow().projectId()).isNull();
    assertThat(classified(topic).projectMatched()).isEmpty();
  }

  @Test
  void allTopicsAreVisitedByTheirIds() {
    topic("One");
    topic("Two");
    List<UUID> all = topicProjects.findTopics(null, 1000);
    assertThat(all).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
    assertThat(topicProjects.findTopics(all.getFirst(), 1)).containsExactly(all.get(1));
    assertThat(topicProjects.findTopics(all.getLast(), 1)).isEmpty();
  }
}
