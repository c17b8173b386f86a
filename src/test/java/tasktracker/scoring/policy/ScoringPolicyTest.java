package tasktracker.scoring.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.scoring.model.LowContentRules;
import tasktracker.scoring.policy.ScoringPolicy.MessageClass;

class ScoringPolicyTest {

  private static final ScoringPolicy DEFAULT = ScoringPolicy.DEFAULT;

  private static ImportanceFactors factors(double content, double others) {
    return new ImportanceFactors(content, others, others, others);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.5, 0.9, 0.4, 0.40", "0.7, 0.5, 0.9, 0.4, 0.64", "0.8, 0.5, 0.9, 0.4, 0.68", "0.9, 0.5, 0.9, 0.4, 0.72",
      "0.05, 0.5, 0.9, 0.4, 0.38", "1, 1, 1, 1, 1"})
  void importanceIsTheWeightedSumOfFourFactors(double content, double author, double temporal, double topics, double importance) {
    assertThat(DEFAULT.computeImportance(new ImportanceFactors(content, author, temporal, topics))).isEqualTo(importance);
  }

  @ParameterizedTest
  @CsvSource({"0.29, NOISE", "0.30, WEAK_SIGNAL", "0.50, WEAK_SIGNAL", "0.70, WEAK_SIGNAL", "0.71, SIGNAL"})
  void bothThresholdsAreWeakSignal(double importance, MessageClass expected) {
    ScoringPolicy byImportanceAlone = new ScoringPolicy(0.3, 0.7, 0, 1, 0.4, 0.2, 0.2, 0.2);
    assertThat(byImportanceAlone.classify(factors(importance, importance))).isEqualTo(expected);
  }

  @Test
  void contentBelowTheFloorIsAlwaysNoise() {
    assertThat(DEFAULT.classify(factors(0.29, 1))).isEqualTo(MessageClass.NOISE);
    assertThat(DEFAULT.classify(factors(0.30, 1))).isNotEqualTo(MessageClass.NOISE);
  }

  @Test
  void contentAboveTheCeilingIsAlwaysSignal() {
    assertThat(DEFAULT.classify(factors(0.71, 0.2))).isEqualTo(MessageClass.SIGNAL);
    assertThat(DEFAULT.classify(factors(0.70, 0.2))).isEqualTo(MessageClass.WEAK_SIGNAL);
  }

  @Test
  void lowContentIsAlwaysNoise() {
    for (LowContentRules.Rule rule : LowContentRules.Rule.values()) {
      assertThat(DEFAULT.classify(factors(rule.content(), 1))).isEqualTo(MessageClass.NOISE);
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN, 0.5", "0.71, 0.9", "0.70, 0.7", "0.456, 0.46", "0.30, 0.3", "0.29, 0.2"})
  void theAuthorFactorDependsOnTheMeanContent(double mean, double factor) {
    assertThat(ImportanceFactors.authorFactor(mean)).isEqualTo(factor);
  }

  @ParameterizedTest
  @CsvSource({"PT59M59S, 0.9", "PT1H, 0.7", "PT23H59M, 0.7", "PT24H, 0.5", "PT167H59M, 0.5", "PT168H, 0.3", "PT0S, 0.9"})
  void theTemporalFactorDecreasesInFourSteps(Duration age, double factor) {
    assertThat(ImportanceFactors.temporalFactor(age)).isEqualTo(factor);
  }

  @Test
  void invalidWeightsAndThresholdsAreRejected() {
    assertThatThrownBy(() -> new ScoringPolicy(0.3, 0.7, 0.3, 0.7, 0.5, 0.2, 0.2, 0.2)).hasMessageContaining("add up to 1");
    assertThatThrownBy(() -> new ScoringPolicy(0.8, 0.7, 0.3, 0.7, 0.4, 0.2, 0.2, 0.2)).hasMessageContaining("Thresholds");
  }
}
