package tasktracker.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import tasktracker.platform.data.Database;

/** Keeps transactions that add topics and atoms apart: two runs that find the same thing at once would collide. */
@ApplicationScoped
public class KnowledgeWrites {

  private final Database database;

  @Inject
  public KnowledgeWrites(Database database) {
    this.database = database;
  }

  /** Waits for the other transaction; the lock ends with the caller's transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void lock() {
    database.run(sql -> sql.execute("select pg_advisory_xact_lock(hashtext('task-tracker knowledge'))"));
  }
}
