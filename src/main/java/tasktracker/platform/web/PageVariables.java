package tasktracker.platform.web;

import java.util.Map;

/**
 * Gives every page something more to show: who is signed in, what the menu counts. Each CDI bean of this type is asked
 * once for each page or fragment rendered for a request.
 */
public interface PageVariables {

  void addTo(Map<String, Object> model);
}
