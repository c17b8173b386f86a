package tasktracker.platform.data;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.interceptor.Interceptor;

/** Lets nothing begin that asks the database before the schema is there. An application without one does not start. */
@ApplicationScoped
public class SchemaStartupGuard {

  void await(@Observes @Priority(Interceptor.Priority.APPLICATION) Startup event) {
    HibernateStartup.await();
  }
}
