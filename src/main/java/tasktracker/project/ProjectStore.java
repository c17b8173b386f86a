package tasktracker.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.json.Json;

/** SQL statements about projects. All join the caller's transaction. */
@ApplicationScoped
public class ProjectStore {

  /** Without the number of messages, for what does not show it. */
  private static final String SELECT_RULES = "select p.*, 0::bigint as message_count from project p ";
  private static final String SELECT = """
      select p.*, (select count(*) from (select from message_project m where m.project_id = p.id limit 10000) as counted) as message_count
        from project p
      """;
  private final Database database;

  @Inject
  public ProjectStore(Database database) {
    this.database = database;
  }

  public Optional<Project> find(UUID id) {
    return database.ask(sql -> sql.createQuery(SELECT + "where p.id = :id").bind("id", id).map(ProjectStore::read).findOne());
  }

  /** Finds and locks the project. */
  Optional<Project> lock(UUID id) {
    return database
        .ask(sql -> sql.createQuery(SELECT_RULES + "where p.id = :id for update of p").bind("id", id).map(ProjectStore::read).findOne());
  }

  /** Lists projects by name. */
  public List<Project> list(@Nullable Boolean isActive, int limit, int skip) {
    return database.ask(sql -> sql.createQuery(SELECT + """
            where cast(:active as boolean) is null or p.is_active = :active order by lower(p.name), p.id limit :limit offset :skip""")
        .bind("active", isActive).bind("limit", limit).bind("skip", skip).map(ProjectStore::read).list());
  }

  public long count(@Nullable Boolean isActive) {
    return database.ask(sql -> sql.createQuery(
        "select count(*) from project where cast(:active as boolean) is null or is_active = :active").bind("active", isActive)
        .mapTo(Long.class).one());
  }

  /** What the rules of all projects are known by: differs whenever messages must be classified again. */
  String rules() {
    return database.ask(sql -> sql.createQuery("""
            select coalesce(md5(string_agg(id || ' ' || generation, ',' order by id)), '') from project""").mapTo(String.class).one());
  }

  /** The projects by which messages are recognised. */
  List<Project> findActive() {
    return database.ask(sql -> sql.createQuery(SELECT_RULES + "where p.is_active order by p.id").map(ProjectStore::read).list());
  }

  private static Project read(ResultSet row, StatementContext context) throws SQLException {
    ProjectFields fields = new ProjectFields(row.getString("name"), row.getString("description"), texts(row.getArray("keywords")),
        glossary(row.getString("glossary")), List.of(Json.jsonb().fromJson(row.getString("components"), Component[].class)),
        texts(row.getArray("critical_keywords")), texts(row.getArray("high_keywords")),
        List.of((UUID[]) row.getArray("default_assignee_ids").getArray()), row.getObject("pm_person_id", UUID.class),
        row.getString("language"), row.getBoolean("is_active"));
    return new Project(row.getObject("id", UUID.class), fields, row.getString("version"), row.getLong("generation"), row.getInt("revision"),
        row.getString("created_by"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(), row.getLong("message_count"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static Map<String, String> glossary(String json) {
    Map<String, String> glossary = new LinkedHashMap<>();
    Json.jsonb().fromJson(json, Map.class).forEach((term, text) -> glossary.put(String.valueOf(term), String.valueOf(text)));
    return glossary;
  }

  void insert(UUID id, ProjectFields fields, String version, String by) {
    database.run(sql -> bind(sql.createUpdate("""
            insert into project (id, name, description, keywords, glossary, components, critical_keywords, high_keywords,
                                 default_assignee_ids, pm_person_id, language, is_active, version, created_by)
            values (:id, :name, :description, :keywords, :glossary, :components, :critical, :high, :assignees, :pm, :language, :active,
                    :version, :by)"""), fields)
        .bind("id", id).bind("version", version).bind("by", by).execute());
  }

  void update(UUID id, ProjectFields fields, String version, boolean isOtherGeneration) {
    database.run(sql -> bind(sql.createUpdate("""
            update project set name = :name, description = :description, keywords = :keywords, glossary = :glossary,
                components = :components, critical_keywords = :critical, high_keywords = :high, default_assignee_ids = :assignees,
                pm_person_id = :pm, language = :language, is_active = :active, version = :version,
                generation = generation + :more, revision = revision + 1, updated_at = now()
             where id = :id"""), fields)
        .bind("id", id).bind("version", version).bind("more", isOtherGeneration ? 1 : 0).execute());
  }

  private static <S extends SqlStatement<S>> S bind(S statement, ProjectFields fields) {
    return statement.bind("name", fields.name()).bind("description", fields.description())
        .bindArray("keywords", String.class, fields.keywords().toArray()).bind("glossary", Json.jsonb().toJson(fields.glossary()))
        .bind("components", Json.jsonb().toJson(fields.components()))
        .bindArray("critical", String.class, fields.criticalKeywords().toArray())
        .bindArray("high", String.class, fields.highKeywords().toArray())
        .bindArray("assignees", UUID.class, fields.defaultAssigneeIds().toArray()).bindByType("pm", fields.pmPersonId(), UUID.class)
        .bind("language", fields.language()).bind("active", fields.isActive());
  }

  void delete(UUID id) {
    database.run(sql -> sql.createUpdate("delete from project where id = :id").bind("id", id).execute());
  }

  /** A message to classify. */
  public record Text(UUID id, String content, Instant sentAt) {}

  /** The next messages by id, with the beginnings of their texts. */
  List<Text> findMessages(@Nullable UUID after, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id, left(content, 20000) as content, sent_at from message where cast(:after as uuid) is null or id > :after
             order by id limit :limit""")
        .bindByType("after", after, UUID.class).bind("limit", limit).map(Database.to(Text.class)).list());
  }

  List<Text> findMessages(Collection<UUID> ids) {
    return database.ask(sql -> sql.createQuery("select id, left(content, 20000) as content, sent_at from message where id = any(:ids)")
        .bindArray("ids", UUID.class, ids.toArray()).map(Database.to(Text.class)).list());
  }

  /** Saves the projects of these messages, and removes those of messages without one. */
  void saveMatches(List<Text> messages, Map<UUID, ProjectMatcher.Match> matches) {
    database.run(sql -> {
      // In the order of their ids, as everybody locks messages; a project that is being deleted is waited for.
      sql.createQuery("select id from message where id = any(:ids) order by id for key share")
          .bindArray("ids", UUID.class, messages.stream().map(Text::id).toArray()).mapTo(UUID.class).list();
      sql.createUpdate("delete from message_project where message_id = any(:ids)")
          .bindArray("ids", UUID.class, messages.stream().map(Text::id).toArray()).execute();
      var batch = sql.prepareBatch("""
          insert into message_project (message_id, project_id, confidence, matched, sent_at)
          select m.id, p.id, :confidence, :matched, m.sent_at
            from message m join project p on p.id = :project where m.id = :message for key share of p
          on conflict (message_id) do nothing""");
      messages.forEach(message -> {
        ProjectMatcher.Match match = matches.get(message.id());
        if (match != null) {
          batch.bind("message", message.id()).bind("project", match.projectId()).bind("confidence", match.confidence())
              .bindArray("matched", String.class, match.matched().toArray()).add();
        }
      });
      if (batch.size() > 0) {
        batch.execute();
      }
    });
  }

  /** The active project that most of these messages belong to; empty when they belong to none. */
  public Optional<Project> findMostFrequent(Collection<UUID> messages) {
    return database.ask(sql -> sql.createQuery(SELECT_RULES + """
            where p.is_active and p.id = (select m.project_id from message_project m where m.message_id = any(:ids)
                                           group by m.project_id order by count(*) desc, m.project_id limit 1)""")
        .bindArray("ids", UUID.class, messages.toArray()).map(ProjectStore::read).findOne());
  }

  /** The project of a message. */
  public record OfMessage(UUID projectId, String projectName, double confidence, List<String> matched) {

    /** The matched words in one line. */
    public String words() {
      return String.join(", ", matched);
    }
  }

  public Optional<OfMessage> ofMessage(UUID message) {
    return database.ask(sql -> sql.createQuery("""
            select p.id, p.name, m.confidence::numeric::float8 as confidence, m.matched from message_project m
              join project p on p.id = m.project_id where m.message_id = :message""")
        .bind("message", message).map((row, context) -> new OfMessage(row.getObject("id", UUID.class), row.getString("name"),
            row.getDouble("confidence"), texts(row.getArray("matched"))))
        .findOne());
  }
}
