package tasktracker.platform.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexReader;

/** Finds classes of the application in the Jandex index of the build. */
public final class ClassIndex {

  private static final String INDEX = "META-INF/jandex.idx";

  private ClassIndex() {}

  /** The classes and interfaces that extend or implement this interface directly. */
  public static Collection<Class<?>> implementing(Class<?> type) {
    return find(index -> index.getKnownDirectImplementors(type).stream());
  }

  /** The classes that are annotated themselves. */
  public static Collection<Class<?>> annotatedWith(Class<? extends Annotation> annotation) {
    return find(index -> index.getAnnotations(annotation).stream().filter(found -> found.target().kind() == AnnotationTarget.Kind.CLASS)
        .map(found -> found.target().asClass()));
  }

  private static Collection<Class<?>> find(Function<Index, Stream<ClassInfo>> query) {
    try {
      List<Class<?>> found = new ArrayList<>();
      for (URL url : Collections.list(ClassIndex.class.getClassLoader().getResources(INDEX))) {
        try (InputStream in = url.openStream()) {
          query.apply(new IndexReader(in).read()).forEach(type -> found.add(load(type.name().toString())));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ClassIndex.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The index of classes names " + name + ", which is missing. Rebuild the application", e);
    }
  }
}
