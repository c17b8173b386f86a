package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Map;

/** Checks the database in the same way as pages use it, through the session factory and the connection pool. */
@ApplicationScoped
public class DatabaseProbe {

  static final Map<String, String> DOWN = Map.of("database", "down", "migrations", "down");

  @PersistenceContext(unitName = "tasktracker") private EntityManager entities;

  @Transactional
  public Map<String, String> check() {
    entities.createQuery("select i.id from Import i where i.id is null", Object.class).setMaxResults(1).getResultList();
    Object failed = entities.createNativeQuery("select count(*) from flyway_schema_history where not success", Long.class)
        .getSingleResult();
    return Map.of("database", "up", "migrations", Long.valueOf(0).equals(failed) ? "up" : "down");
  }
}
