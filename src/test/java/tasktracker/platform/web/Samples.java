package tasktracker.platform.web;

import java.util.HashMap;
import java.util.Map;

/** What the showroom shows on each page. */
final class Samples {

  private Samples() {}

  static Map<String, Object> of(String template, String query) {
    return switch (template) {
      case "error/problem" -> new HashMap<>(Map.of("problem", query.contains("500")
          ? new Problem(500, "Something went wrong", "It has been logged under reference 8c1f02aa.")
          : Problem.notFound("page")));
      default -> new HashMap<>();
    };
  }
}
