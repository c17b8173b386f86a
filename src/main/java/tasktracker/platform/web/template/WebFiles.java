package tasktracker.platform.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of the web application. The servlet context that the container injects depends on the current request; this
 * one is also available on threads without a request, such as the one that renders fragments for live updates.
 */
@ApplicationScoped
public class WebFiles {

  private volatile @Nullable ServletContext context;

  /** Sets the servlet context. */
  public void open(ServletContext context) {
    this.context = context;
  }

  /** The servlet context. */
  public ServletContext servletContext() {
    return Objects.requireNonNull(context, "The web application has not started yet");
  }
}
