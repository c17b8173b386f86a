package tasktracker.ops.check;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.RetryFailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.SchemaChanges;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.admin.JobAdministration;
import tasktracker.platform.job.admin.JobFilter;
import tasktracker.platform.job.run.Nodes;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.source.Imports;

/** The repairs of the runbook. Each is idempotent, and recorded in the audit log with its result. */
@RequestScoped
public class Fixes {

  /** Application name of the product's own database sessions. */
  static final String APPLICATION = "task-tracker";
  private final Database database;
  private final SchemaChanges schema;
  private final JobAdministration administration;
  private final Nodes nodes;
  private final Imports imports;
  private final FailedItems failedItems;
  private final Jobs jobs;
  private final Audit audit;
  private final Identity identity;

  @Inject
  public Fixes(Database database, SchemaChanges schema, JobAdministration administration, Nodes nodes, Imports imports,
      FailedItems failedItems, Jobs jobs, Audit audit, Identity identity) {
    this.database = database;
    this.schema = schema;
    this.administration = administration;
    this.nodes = nodes;
    this.imports = imports;
    this.failedItems = failedItems;
    this.jobs = jobs;
    this.audit = audit;
    this.identity = identity;
  }

  /**
   * Applies a fix.
   *
   * @return number of changes; 0 when the fix is no longer needed
   * @throws Problem 422 when the fix or target does not exist
   */
  @Transactional
  public int apply(String verb, String target) {
    int changed = switch (verb) {
      case "tickets" -> administration.notifyAgain();
      case "retry-dead" -> administration.retryAll(new JobFilter(JobState.DEAD, target.isEmpty() ? null : target, null), identity.name());
      case "retry-failed-items" -> retryFailedItems(target);
      case "cancel-job" -> administration.cancel(id(target), identity.name()).isPresent() ? 1 : 0;
      case "fail-import" -> failImport(id(target));
      case "forget-node" -> nodes.forget(target);
      case "cancel-query" -> signal("pg_cancel_backend", target);
      case "end-session" -> signal("pg_terminate_backend", target);
      case "create-index" -> createIndex(target);
      default -> throw Problem.unprocessable(LocalizedMessage.of("problem.fix.name", verb));
    };
    audit.record("system.fixed", "check", verb, Map.of("target", target, "changed", changed));
    return changed;
  }

  private int retryFailedItems(String kind) {
    jobs.enqueue(new RetryFailedItems());
    return failedItems.retryAll(kind.isEmpty() ? null : kind);
  }

  /** Fails an import, but only when no active job is processing it. */
  private int failImport(UUID id) {
    boolean isStuck = database.ask(h -> h.createQuery("""
        select exists (select from import where id = :id and status in ('rehearsing', 'pending', 'running', 'undoing')
           and not exists (select from job where job.id = import.job_id
                              and job.state in <unfinished>))""").define("unfinished", JobState.UNFINISHED_SQL).bind("id", id)
        .mapTo(Boolean.class).one());
    if (isStuck) {
      imports.fail(id, LocalizedMessage.of("problem.import.abandoned", identity.name()));
    }
    return isStuck ? 1 : 0;
  }

  private int signal(String function, String pid) {
    int number = number(pid);
    Optional<Boolean> done = database.ask(h -> h.createQuery("select " + function + "(pid) from pg_stat_activity"
        + " where pid = :pid and application_name = :ours and datname = current_database() and pid <> pg_backend_pid()")
        .bind("pid", number).bind("ours", APPLICATION).mapTo(Boolean.class).findOne());
    return done.orElse(false) ? 1 : 0;
  }

  /** Creates an index. Writers are blocked meanwhile; it fails when it does not get its lock within three seconds. */
  private int createIndex(String name) {
    String definition = RecommendedIndexes.ALL.get(name);
    if (definition == null) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.fix.index", name));
    }
    schema.apply("set local lock_timeout = '3s'", definition.replace("create index", "create index if not exists"));
    return 1;
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.fix.id"));
    }
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.fix.session"));
    }
    return Integer.parseInt(text);
  }
}
