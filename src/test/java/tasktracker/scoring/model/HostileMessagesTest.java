package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.harness.CountedText;
import tasktracker.harness.Growth;
import tasktracker.harness.HostileTexts;

/** Adversarial messages are scored in linear time. */
class HostileMessagesTest {

  private static final List<Pattern> SEARCH_PATTERNS = List.of(Tokenizer.TRACE, Tokenizer.CODE, Tokenizer.URL, LowContentRules.WORD,
      ExplicitMarkers.QUOTATION, ExplicitMarkers.SENTENCE_END, ExplicitMarkers.WORD, SpamFeatures.LINK, RepeatedShapes.QUOTED);
  private static final List<Pattern> FULL_MATCH_PATTERNS = List.of(Tokenizer.MAIL, Tokenizer.MONEY, Tokenizer.PATH, Tokenizer.CALL,
      LowContentRules.ELONGATED, ExplicitMarkers.PREFIX, ExplicitMarkers.OWNER, ExplicitMarkers.NAMED_OWNER);
  private static final float[] NO_VECTOR = new float[384];

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void eachPatternMatchesInLinearTime(IntFunction<String> text) {
    SEARCH_PATTERNS
        .forEach(pattern -> Growth.assertLinearSteps(2000, text, t -> reads(t, counted -> pattern.matcher(counted).results().count())));
    FULL_MATCH_PATTERNS
        .forEach(pattern -> Growth.assertLinearSteps(2000, text, t -> reads(t, counted -> pattern.matcher(counted).matches())));
  }

  private static long reads(String text, Consumer<CharSequence> reading) {
    CountedText counted = new CountedText(text);
    reading.accept(counted);
    return counted.reads();
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void classificationTakesLinearTime(IntFunction<String> text) {
    Growth.assertLinear(4000, text, t -> MessageClassifier.shared().predict(t, NO_VECTOR, FollowUpSignals.NONE));
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void onlyTheBeginningOfALongTextIsClassified(IntFunction<String> text) {
    MessageClassifier.shared().predict(text.apply(1000), NO_VECTOR, FollowUpSignals.NONE);
    String mebibyte = text.apply(1 << 20);
    assertThat(Growth.allocated(() -> MessageClassifier.shared().predict(mebibyte, NO_VECTOR, FollowUpSignals.NONE))).isLessThan(32 << 20);
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void lowContentRulesHandleAMebibyte(IntFunction<String> text) {
    MessageClassifier.shared().isVote(text.apply(1 << 20)); // returns without a timeout or a stack overflow
  }

  @Test
  void everyTextIsClassifiedAndHasNoBlankToken() {
    HostileTexts.random(20_000).forEach(text -> assertThat(Tokenizer.tokenize(text)).as(text).allMatch(token -> !token.isBlank()));
    HostileTexts.random(2_000).filter(text -> text.length() > 1).forEach(text -> {
      Prediction prediction = MessageClassifier.shared().predict(text, NO_VECTOR, FollowUpSignals.NONE);
      assertThat(prediction.content()).as(text).isBetween(0.0, 1.0);
      MessageClassifier.shared().isVote(text);
    });
  }

  @Test
  void laughterOfAnyLengthIsRecognised() {
    LowContentRules rules = new LowContentRules();
    assertThat(rules.find("ах".repeat(5000) + "а")).contains(LowContentRules.Rule.ACKNOWLEDGEMENT);
    assertThat(rules.find("хахахааахах")).isEmpty();
    assertThat(rules.find("ах".repeat(5000) + "б")).isEmpty();
    assertThat(rules.find("ahaha")).contains(LowContentRules.Rule.ACKNOWLEDGEMENT);
  }

  @Test
  void aNegationAloneIsAToken() {
    assertThat(Tokenizer.tokenize("n't")).containsExactly("n't");
    assertThat(MessageClassifier.shared().predict("n't", NO_VECTOR, FollowUpSignals.NONE).language()).isNotNull();
  }
}
