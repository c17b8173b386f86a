package tasktracker.scoring.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.query.Query;

/**
 * The thresholds and weights that somebody has typed; those that are missing are those in force.
 *
 * @param values by name, in the order of the form
 * @param isAsked whether any was typed
 */
public record PolicyForm(Map<String, Double> values, boolean isAsked) {

  /** The fields of the form. */
  private enum Field {
    FLOOR(ScoringPolicy::contentFloor),
    CEILING(ScoringPolicy::contentCeiling),
    NOISE(ScoringPolicy::noise),
    SIGNAL(ScoringPolicy::signal),
    CONTENT(ScoringPolicy::content),
    AUTHOR(ScoringPolicy::author),
    TEMPORAL(ScoringPolicy::temporal),
    TOPICS(ScoringPolicy::topics);

    private final ToDoubleFunction<ScoringPolicy> of;

    Field(ToDoubleFunction<ScoringPolicy> of) {
      this.of = of;
    }

    String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A row of the form: what is in force, what the environment says, and what was typed. */
  public record Row(String name, double inForce, double ofEnvironment, double typed) {}

  /** @throws tasktracker.platform.web.problem.Problem 400 for a value that is not a number from 0 to 1 */
  static PolicyForm of(Query query, ScoringPolicy inForce) {
    Map<String, Double> values = new LinkedHashMap<>();
    boolean isAsked = false;
    for (Field field : Field.values()) {
      @Nullable
      Double typed = query.fraction(field.wire());
      isAsked |= typed != null;
      values.put(field.wire(), typed == null ? field.of.applyAsDouble(inForce) : typed);
    }
    return new PolicyForm(values, isAsked);
  }

  /** The policy; empty when the thresholds are in the wrong order or the weights do not add up to 1. */
  Optional<ScoringPolicy> policy() {
    try {
      return Optional.of(new ScoringPolicy(value(Field.NOISE), value(Field.SIGNAL), value(Field.FLOOR), value(Field.CEILING),
          value(Field.CONTENT), value(Field.AUTHOR), value(Field.TEMPORAL), value(Field.TOPICS)));
    } catch (IllegalArgumentException invalid) {
      return Optional.empty();
    }
  }

  private double value(Field field) {
    return values.getOrDefault(field.wire(), 0.0);
  }

  List<Row> rows(ScoringPolicy inForce, ScoringPolicy environment) {
    return List.of(Field.values()).stream().map(field -> new Row(field.wire(), field.of.applyAsDouble(inForce),
        field.of.applyAsDouble(environment), value(field))).toList();
  }
}
