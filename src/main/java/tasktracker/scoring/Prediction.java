package tasktracker.scoring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the judge thinks of one message by itself.
 *
 * @param content how much it carries, 0 to 1
 * @param aspects how strongly it is of each aspect, 0 to 1
 * @param spam the probability of advertising or fraud, 0 to 1
 * @param floorRule the rule that held it down, or null
 * @param reasons what spoke for and against it, the strongest first
 */
public record Prediction(double content, Map<Aspect, Double> aspects, double spam, Language language,
    @Nullable String floorRule, List<Reason> reasons) {}
