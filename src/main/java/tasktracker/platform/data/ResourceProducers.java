package tasktracker.platform.data;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/** Makes the server's resources available for injection. */
@ApplicationScoped
public class ResourceProducers {

  @Resource(lookup = "jdbc/tasktracker") private DataSource dataSource;
  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService") private ManagedScheduledExecutorService scheduler;
  @Resource(lookup = "java:comp/DefaultManagedThreadFactory") private ManagedThreadFactory threads;
  @Resource(lookup = "concurrent/virtualThreads") private ManagedThreadFactory virtualThreads;

  @Produces
  DataSource dataSource() {
    return dataSource;
  }

  @Produces
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Repeats short tasks on the threads of requests. It cannot be shut down: whoever schedules a task cancels it. */
  @Produces
  @Typed(ScheduledExecutorService.class)
  ScheduledExecutorService scheduler() {
    return scheduler;
  }

  /** For executors that belong to one bean, which shuts them down. */
  @Produces
  ThreadFactory threads() {
    return threads;
  }

  /**
   * Runs each task on a virtual thread of its own, for tasks that may wait for the network. Nobody shuts it down, because
   * sockets are closed on it until the server ends.
   */
  @Produces
  @ApplicationScoped
  ExecutorService tasks() {
    return Executors.newThreadPerTaskExecutor(virtualThreads);
  }
}
