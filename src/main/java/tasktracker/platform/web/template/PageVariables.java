package tasktracker.platform.web.template;

import java.util.Map;

/**
 * Adds variables to the model of every page, such as the current user and the counts in the menu. Each CDI bean of this
 * type is called once for each page or fragment that is rendered for a request.
 */
public interface PageVariables {

  /** Adds variables to the model of one page or fragment; runs on the thread of the request. */
  void addTo(Map<String, Object> model);
}
