package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks what the product stands on, by the very path the pages use. */
@ApplicationScoped
public class Checks {

  private static final System.Logger LOG = System.getLogger(Checks.class.getName());

  @PersistenceContext(unitName = "tasktracker")
  private EntityManager entities;

  /** Name of each thing asked, and {@code up} or {@code down}. */
  @Transactional(dontRollbackOn = RuntimeException.class)
  public Map<String, String> all() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("database", database() ? "up" : "down");
    return answers;
  }

  /** True when an entity query gets through: session factory, pool and database all work. */
  @Transactional(dontRollbackOn = RuntimeException.class)
  public boolean database() {
    try {
      entities.createQuery("select m.id from Message m where m.id is null", Object.class).setMaxResults(1).getResultList();
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The database does not answer: {0}", e.getMessage());
      return false;
    }
  }
}
