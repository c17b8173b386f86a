package tasktracker.knowledge.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.DecidedAtom;

/** Decisions of people change what is proposed next. */
class FeedbackTest {

  private static List<DecidedAtom> decided(int ofEach) {
    List<DecidedAtom> decided = new ArrayList<>();
    for (int i = 0; i < ofEach; i++) {
      decided.add(new DecidedAtom(AtomType.RISK, "The mill may run out of rye number " + i, null, true));
      decided.add(new DecidedAtom(AtomType.RISK, "Somebody may forget the radio in room " + i, null, false));
    }
    return decided;
  }

  private static double adjustment(Feedback feedback, String text) {
    return feedback.adjustment(AtomType.RISK, Cues.tokenize(text), null);
  }

  @Test
  void whatPeopleApproveIsPreferredToWhatTheyReject() {
    Feedback feedback = new Feedback(decided(10));
    assertThat(adjustment(feedback, "The mill may run out of wheat")).isGreaterThan(adjustment(feedback, "She may forget the radio"));
    assertThat(feedback.decisions(AtomType.RISK)).isEqualTo(20);
  }

  @Test
  void theInfluenceGrowsWithTheNumberOfDecisions() {
    assertThat(adjustment(new Feedback(decided(40)), "The mill may run out of wheat"))
        .isGreaterThan(adjustment(new Feedback(decided(4)), "The mill may run out of wheat"));
  }

  @Test
  void tooFewDecisionsChangeNothing() {
    assertThat(adjustment(new Feedback(decided(2)), "The mill may run out of wheat")).isZero();
  }

  @Test
  void otherTypesAreNotAdjusted() {
    assertThat(new Feedback(decided(10)).adjustment(AtomType.IDEA, Cues.tokenize("The mill may run out of wheat"), null)).isZero();
  }
}
