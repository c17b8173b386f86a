package tasktracker.scoring;

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

/** What somebody writes to wear scoring out is scored as cheaply as anything else. */
class HostileMessagesTest {

  private static final List<Pattern> SOUGHT = List.of(Tokenizer.TRACE, Tokenizer.CODE, Tokenizer.URL, LowContentRules.WORD);
  private static final List<Pattern> MATCHED = List.of(Tokenizer.MAIL, Tokenizer.MONEY, Tokenizer.PATH, Tokenizer.CALL, LowContentRules.DRAWN_OUT);
  private static final float[] NO_VECTOR = new float[384];

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void eachPatternReadsATextABoundedNumberOfTimes(IntFunction<String> text) {
    SOUGHT.forEach(pattern -> Growth.assertLinearSteps(2000, text, t -> reads(t, counted -> pattern.matcher(counted).results().count())));
    MATCHED.forEach(pattern -> Growth.assertLinearSteps(2000, text, t -> reads(t, counted -> pattern.matcher(counted).matches())));
  }

  private static long reads(String text, Consumer<CharSequence> reading) {
    CountedText counted = new CountedText(text);
    reading.accept(counted);
    return counted.reads();
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void judgingCostsNoMoreThanTheTextIsLong(IntFunction<String> text) {
    Growth.assertLinear(4000, text, t -> MessageClassifier.shared().judge(t, NO_VECTOR, FollowUpSignals.NONE));
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void aMebibyteIsJudgedByItsBeginning(IntFunction<String> text) {
    MessageClassifier.shared().judge(text.apply(1000), NO_VECTOR, FollowUpSignals.NONE);
    String mebibyte = text.apply(1 << 20);
    assertThat(Growth.allocated(() -> MessageClassifier.shared().judge(mebibyte, NO_VECTOR, FollowUpSignals.NONE))).isLessThan(32 << 20);
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void whetherItSaysAnythingIsAskedOfAMebibyteToo(IntFunction<String> text) {
    MessageClassifier.shared().isVote(text.apply(1 << 20)); // neither for ever nor with an overflow of the stack
  }

  @Test
  void noTextHasAnEmptyTokenAndEachIsJudged() {
    HostileTexts.random(20_000).forEach(text -> assertThat(Tokenizer.of(text)).as(text).allMatch(token -> !token.isBlank()));
    HostileTexts.random(2_000).filter(text -> text.length() > 1).forEach(text -> {
      Prediction prediction = MessageClassifier.shared().judge(text, NO_VECTOR, FollowUpSignals.NONE);
      assertThat(prediction.content()).as(text).isBetween(0.0, 1.0);
      MessageClassifier.shared().isVote(text);
    });
  }

  @Test
  void aLaughIsRecognizedHoweverLongItIsAndWhateverComesAfterIt() {
    LowContentRules rules = new LowContentRules();
    assertThat(rules.find("ах".repeat(5000) + "а")).contains(LowContentRules.Rule.ACKNOWLEDGEMENT);
    assertThat(rules.find("хахахааахах")).isEmpty();
    assertThat(rules.find("ах".repeat(5000) + "б")).isEmpty();
    assertThat(rules.find("ahaha")).contains(LowContentRules.Rule.ACKNOWLEDGEMENT);
  }

  @Test
  void aBareNegationIsAWord() {
    assertThat(Tokenizer.of("n't")).containsExactly("n't");
    assertThat(MessageClassifier.shared().judge("n't", NO_VECTOR, FollowUpSignals.NONE).language()).isNotNull();
  }
}
