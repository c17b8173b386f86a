package tasktracker.scoring.correction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.template.PageVariables;
import tasktracker.scoring.model.Reason;

/** Adds the template variable {@code scoring}: the reasons for the score of a message, and its correction. */
@ApplicationScoped
public class ScoringVariables implements PageVariables {

  private final Corrections corrections;

  @Inject
  public ScoringVariables(Corrections corrections) {
    this.corrections = corrections;
  }

  @Override
  public void addTo(Map<String, Object> model) {
    model.put("scoring", new ScoringView(corrections));
  }

  /** A reason as templates display it; missing parameters are empty. */
  public record ReasonView(String code, String first, String second, boolean speaksFor) {}

  /** The methods that templates call. */
  public record ScoringView(Corrections corrections) {

    /** The reasons for the score of the message, strongest first. */
    public List<ReasonView> reasons(MessageItem message) {
      if (message.noiseReasons() == null) {
        return List.of();
      }
      return Arrays.stream(Json.jsonb().fromJson(message.noiseReasons(), Reason[].class))
          .map(r -> new ReasonView(r.code(), part(r, 0), part(r, 1), r.weight() > 0)).toList();
    }

    private static String part(Reason reason, int index) {
      return reason.params().size() > index ? reason.params().get(index) : "";
    }

    /** The active correction of the message, or null. */
    public @Nullable Correction correction(MessageItem message) {
      return corrections.findActive(message.id()).orElse(null);
    }
  }
}
