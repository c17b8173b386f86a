package tasktracker.knowledge.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** Acts on items one by one, each in its own transaction, so that one that is refused does not fail the others. */
final class BulkActions {

  private BulkActions() {}

  /** @throws Problem 400 for no or too many ids */
  static AtomsResource.BulkResult run(@Nullable List<UUID> ids, int most, Consumer<UUID> action) {
    List<UUID> asked = ids == null ? List.of() : ids.stream().filter(Objects::nonNull).distinct().toList();
    if (asked.isEmpty()) {
      throw Problem.badRequest(LocalizedMessage.of("problem.atom.none_selected"));
    }
    if (asked.size() > most) {
      throw Problem.badRequest(LocalizedMessage.of("problem.atom.too_many", most));
    }
    Map<String, String> errors = new LinkedHashMap<>();
    List<UUID> failed = new ArrayList<>();
    for (UUID id : asked) {
      try {
        action.accept(id);
      } catch (Problem problem) {
        failed.add(id);
        errors.put(id.toString(), problem.detail());
      }
    }
    return new AtomsResource.BulkResult(asked.size() - failed.size(), failed, errors);
  }
}
