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

/** What somebody writes to wear scoring out is scored as cheaply as anything else. */
class HostileMessagesTest {

  private static final List<Pattern> SOUGHT = List.of(Tokenizer.TRACE, Tokenizer.CODE, Tokenizer.URL, FloorRules.WORD);
  private static final List<Pattern> MATCHED = List.of(Tokenizer.MAIL, Tokenizer.MONEY, Tokenizer.PATH, Tokenizer.CALL, FloorRules.DRAWN_OUT);
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
    Growth.assertLinear(4000, text, t -> Judge.shared().judge(t, NO_VECTOR, FollowUpSignals.NONE));
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void aMebibyteIsJudgedByItsBeginning(IntFunction<String> text) {
    Judge.shared().judge(text.apply(1000), NO_VECTOR, FollowUpSignals.NONE);
    String mebibyte = text.apply(1 << 20);
    assertThat(Growth.allocated(() -> Judge.shared().judge(mebibyte, NO_VECTOR, FollowUpSignals.NONE))).isLessThan(32 << 20);
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void whetherItSaysAnythingIsAskedOfAMebibyteToo(IntFunction<String> text) {
    Judge.shared().isVote(text.apply(1 << 20)); // neither for ever nor with an overflow of the stack
  }

  @Test
  void aLaughIsRecognizedHoweverLongItIsAndWhateverComesAfterIt() {
    FloorRules rules = new FloorRules();
    assertThat(rules.find("ах".repeat(5000) + "а")).contains(FloorRules.Rule.ACKNOWLEDGEMENT);
    assertThat(rules.find("хахахааахах")).isEmpty();
    assertThat(rules.find("ах".repeat(5000) + "б")).isEmpty();
    assertThat(rules.find("ahaha")).contains(FloorRules.Rule.ACKNOWLEDGEMENT);
  }

  @Test
  void aBareNegationIsAWord() {
    assertThat(Tokenizer.of("n't")).containsExactly("n't");
    assertThat(Judge.shared().judge("n't", NO_VECTOR, FollowUpSignals.NONE).language()).isNotNull();
  }
}
