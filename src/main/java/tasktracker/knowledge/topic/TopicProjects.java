package tasktracker.knowledge.topic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.Jobs;
import tasktracker.project.ProjectMatcher;
import tasktracker.project.Projects;

/**
 * Finds the project of a topic: the one that its name and description name, else the one that most of its latest messages
 * with a project belong to.
 */
@ApplicationScoped
public class TopicProjects {

  /** So many of the latest messages of a topic are looked at. */
  private static final int LATEST = 200;
  /** One message alone tells nothing about its topic. */
  private static final int MIN_MESSAGES = 2;
  private static final int MAX_WORDS = 5;

  private final Database database;
  private final Projects projects;
  private final Jobs jobs;

  @Inject
  public TopicProjects(Database database, Projects projects, Jobs jobs) {
    this.database = database;
    this.projects = projects;
    this.jobs = jobs;
  }

  /** The project of a topic and the words that it was recognised by. */
  record Found(UUID topicId, UUID projectId, List<String> matched) {}

  /** The text of a topic. */
  record Text(UUID id, String text) {}

  /** Classifies topics in the background, if there are projects. */
  @Transactional
  public void enqueue(Collection<UUID> topics) {
    if (!topics.isEmpty() && !projects.matcher().isEmpty()) {
      jobs.enqueue(new ClassifyTopics(topics.stream().distinct().toList()));
    }
  }

  /** Finds and saves the projects of topics; idempotent. */
  @Transactional
  public void classify(Collection<UUID> topics) {
    Map<UUID, Found> found = new HashMap<>();
    findByMessages(topics).forEach(of -> found.put(of.topicId(), of));
    ProjectMatcher matcher = projects.matcher();
    for (Text topic : findTexts(topics)) {
      matcher.match(topic.text())
          .ifPresent(match -> found.put(topic.id(), new Found(topic.id(), match.projectId(), match.matched())));
    }
    save(new TreeSet<>(topics), found);
  }

  private List<Text> findTexts(Collection<UUID> topics) {
    return database.ask(sql -> sql.createQuery("select id, name || E'\\n' || description as text from topic where id = any(:ids)")
        .bindArray("ids", UUID.class, topics.toArray()).map(Database.to(Text.class)).list());
  }

  private List<Found> findByMessages(Collection<UUID> topics) {
    return database.ask(sql -> sql.createQuery("""
            with latest as (
              select t.id as topic_id, p.project_id, p.matched from unnest(:topics) t (id)
               cross join lateral (select m.id from message m where m.topic_id = t.id order by m.sent_at desc, m.id desc limit :latest) m
                join message_project p on p.message_id = m.id),
            counted as (
              select topic_id, project_id, count(*) as messages, sum(count(*)) over (partition by topic_id) as of_all
                from latest group by topic_id, project_id)
            select c.topic_id, c.project_id, array(
                     select word from latest l, unnest(l.matched) word where l.topic_id = c.topic_id and l.project_id = c.project_id
                      group by word order by count(*) desc, word limit :words) as matched
              from counted c where c.messages >= :least and 2 * c.messages > c.of_all""")
        .bindArray("topics", UUID.class, topics.toArray()).bind("latest", LATEST).bind("words", MAX_WORDS).bind("least", MIN_MESSAGES)
        .map(Database.to(Found.class)).list());
  }

  /** Projects are locked before topics, as their deletion does; one that is gone by now is none. */
  private void save(Collection<UUID> topics, Map<UUID, Found> found) {
    database.run(sql -> {
      List<UUID> present = sql.createQuery("select id from project where id = any(:ids) order by id for key share")
          .bindArray("ids", UUID.class, found.values().stream().map(Found::projectId).distinct().toArray()).mapTo(UUID.class).list();
      PreparedBatch batch = sql.prepareBatch("""
          update topic set project_id = :project, project_matched = cast(:matched as text[])
           where id = :id and (project_id is distinct from :project or project_matched <> cast(:matched as text[]))""");
      for (UUID topic : topics) {
        Found of = found.get(topic);
        Found known = of == null || !present.contains(of.projectId()) ? null : of;
        batch.bind("id", topic).bindByType("project", known == null ? null : known.projectId(), UUID.class)
            .bindArray("matched", String.class, known == null ? new Object[0] : known.matched().toArray()).add();
      }
      batch.execute();
    });
  }

  /** The next topics by id. */
  List<UUID> findTopics(@Nullable UUID after, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id from topic where cast(:after as uuid) is null or id > :after order by id limit :limit""")
        .bindByType("after", after, UUID.class).bind("limit", limit).mapTo(UUID.class).list());
  }
}
