package tasktracker.llm.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Prompts: shipped ones are Markdown files, edited ones rows with a version. The highest version is in use; version 0 of a
 * shipped prompt is its file.
 */
@ApplicationScoped
public class Prompts {

  /** The names of the shipped prompts. */
  public static final List<String> SHIPPED = List.of("knowledge_extraction");

  /**
   * A version of a prompt.
   *
   * @param version 0 for the shipped file
   * @param createdAt null for the shipped file
   */
  public record Version(int version, String content, String note, @Nullable String createdBy, @Nullable Instant createdAt) {}

  /** A shipped prompt with the version that is in use. */
  public record Current(String name, int version, @Nullable String createdBy, @Nullable Instant createdAt) {}

  private final Database database;
  private final Audit audit;

  @Inject
  public Prompts(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** A missing file prevents the start. */
  void check(@Observes Startup event) {
    SHIPPED.forEach(Prompts::shipped);
  }

  private static String shipped(String name) {
    try (InputStream file = Prompts.class.getResourceAsStream("/prompts/" + name + ".md")) {
      if (file == null) {
        throw new IllegalStateException("The prompt " + name + ".md is missing");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key of an agent's prompt. */
  static String keyOf(UUID agent) {
    return "agent/" + agent;
  }

  /** The prompt in use. @throws Problem 404 when there is none */
  public String get(String key) {
    return history(key).getFirst().content();
  }

  /** All versions, the one in use first. @throws Problem 404 when there are none */
  public List<Version> history(String key) {
    List<Version> edited = database.ask(sql -> sql.createQuery("""
            select version, content, note, created_by, created_at from llm_prompt_version where prompt_key = :key
             order by version desc limit 200""").bind("key", key).map(Database.to(Version.class)).list());
    List<Version> file = SHIPPED.contains(key) ? List.of(new Version(0, shipped(key), "", null, null)) : List.of();
    List<Version> all = java.util.stream.Stream.concat(edited.stream(), file.stream()).toList();
    if (all.isEmpty()) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.prompt"));
    }
    return all;
  }

  /** The shipped prompts by name. */
  public List<Current> shipped() {
    return SHIPPED.stream().map(name -> {
      Version used = history(name).getFirst();
      return new Current(name, used.version(), used.createdBy(), used.createdAt());
    }).toList();
  }

  /** The text in use of a shipped prompt. @throws Problem 404 for the prompts of agents too */
  public String getShipped(String name) {
    if (!SHIPPED.contains(name)) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.prompt"));
    }
    return get(name);
  }

  /** Saves a version that is in use from now on; a text that is in use already is not saved again. */
  @Transactional
  public void save(String key, String content, String note, String by) {
    int added = database.ask(sql -> {
      sql.execute("select pg_advisory_xact_lock(hashtextextended(?, 17))", "prompt " + key);
      return sql.createUpdate("""
              insert into llm_prompt_version (id, prompt_key, version, content, note, created_by)
              select :id, :key, coalesce(max(version), 0) + 1, :content, :note, :by from llm_prompt_version where prompt_key = :key
              having not exists (select from llm_prompt_version
                where prompt_key = :key and content = :content
                  and version = (select max(version) from llm_prompt_version where prompt_key = :key))""")
          .bind("id", Ids.next()).bind("key", key).bind("content", content).bind("note", note).bind("by", by).execute();
    });
    if (added > 0) {
      audit.record("prompt.changed", "prompt", key, Map.of("note", note));
    }
  }

  /** An edited shipped prompt. @throws Problem 404, or 422 when the text is empty or too long */
  @Transactional
  public void edit(String key, String content, String note, String by) {
    history(key);
    String stripped = content.strip();
    if (stripped.isEmpty() || stripped.length() > AgentChange.MAX_PROMPT || note.length() > 500) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.agent.prompt", AgentChange.MAX_PROMPT));
    }
    save(key, stripped, note.strip(), by);
  }

  /** Saves an earlier version, or version 0 of a shipped prompt, as the latest one. @throws Problem 404 */
  @Transactional
  public void restore(String key, int version, String by) {
    save(key, content(key, version), "", by);
  }

  /** The text of a version. @throws Problem 404 */
  public String content(String key, int version) {
    return history(key).stream().filter(v -> v.version() == version).findFirst()
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.prompt"))).content();
  }
}
