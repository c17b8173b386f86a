package tasktracker.platform.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexReader;

/** Finds all records that implement {@link Job} in the Jandex index of the build, so that each is checked for its handler. */
public final class DeclaredJobs {

  private static final String INDEX = "META-INF/jandex.idx";
  private static final DotName JOB = DotName.createSimple(Job.class.getName());

  private DeclaredJobs() {}

  public static Collection<Class<?>> find() {
    try {
      List<Class<?>> found = new ArrayList<>();
      for (URL url : Collections.list(Job.class.getClassLoader().getResources(INDEX))) {
        addFrom(url, found);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addFrom(URL url, List<Class<?>> found) throws IOException {
    try (InputStream in = url.openStream()) {
      Index index = new IndexReader(in).read();
      for (ClassInfo job : index.getKnownDirectImplementors(JOB)) {
        found.add(load(job.name().toString()));
      }
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Job.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The index of classes names " + name + ", which is missing. Rebuild the application", e);
    }
  }
}
