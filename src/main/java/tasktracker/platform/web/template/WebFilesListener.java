package tasktracker.platform.web.template;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Initializes {@link WebFiles} when the web application starts. */
public class WebFilesListener implements ServletContextListener {

  @Inject private WebFiles files;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    files.open(event.getServletContext());
  }
}
