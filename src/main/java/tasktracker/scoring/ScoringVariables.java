package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageItem;
import tasktracker.platform.web.Json;
import tasktracker.platform.web.PageVariables;

/** Gives templates {@code scoring}: why a message has its score, and what a person said of it. */
@ApplicationScoped
public class ScoringVariables implements PageVariables {

  private @Nullable Corrections corrections;

  protected ScoringVariables() {}

  @Inject
  public ScoringVariables(Corrections corrections) {
    this.corrections = corrections;
  }

  @Override
  public void addTo(Map<String, Object> model) {
    model.put("scoring", new Told(corrections));
  }

  /** A reason as a template tells it; parameters that it does not have are empty. */
  public record ToldReason(String code, String first, String second, boolean speaksFor) {}

  /** What templates ask. */
  public record Told(Corrections corrections) {

    /** Why the message has its score, the strongest reason first. */
    public List<ToldReason> reasons(MessageItem message) {
      if (message.noiseReasons() == null) {
        return List.of();
      }
      return Arrays.stream(Json.jsonb().fromJson(message.noiseReasons(), Reason[].class))
          .map(r -> new ToldReason(r.code(), part(r, 0), part(r, 1), r.weight() > 0)).toList();
    }

    private static String part(Reason reason, int index) {
      return reason.params().size() > index ? reason.params().get(index) : "";
    }

    /** What a person said of the message, or null. */
    public @Nullable Correction correction(MessageItem message) {
      return corrections.standing(message.id()).orElse(null);
    }
  }
}
