package tasktracker.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of the web application. The servlet context that the container injects is found through the current
 * request; this one is also there on threads without any, such as the one that prints fragments for the live socket.
 */
@ApplicationScoped
public class WebFiles {

  private volatile @Nullable ServletContext servlets;

  /** Files of that context from now on. */
  public void open(ServletContext context) {
    this.servlets = context;
  }

  /** The context itself. */
  public ServletContext servlets() {
    return Objects.requireNonNull(servlets, "The web application has not started yet");
  }
}
