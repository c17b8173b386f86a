package tasktracker.platform.data;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.interceptor.Interceptor;

/** Delays all later startup observers until the schema is migrated. The application does not start when that fails. */
@ApplicationScoped
public class SchemaStartupGuard {

  void await(@Observes @Priority(Interceptor.Priority.APPLICATION) Startup event) {
    HibernateStartup.await();
  }
}
