package tasktracker.platform.data;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import javax.sql.DataSource;

/** Makes the server's resources available for injection. */
@ApplicationScoped
public class ResourceProducers {

  @Resource(lookup = "jdbc/tasktracker") private DataSource dataSource;

  @Produces
  DataSource dataSource() {
    return dataSource;
  }

  @Produces
  Clock clock() {
    return Clock.systemUTC();
  }
}
