package tasktracker.platform.job;

import java.util.Collection;
import tasktracker.platform.data.ClassIndex;

/** Finds all records that implement {@link Job}, so that each is checked for its handler. */
public final class DeclaredJobs {

  private DeclaredJobs() {}

  public static Collection<Class<?>> find() {
    return ClassIndex.implementing(Job.class);
  }
}
