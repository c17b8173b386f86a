package tasktracker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrectionClassifierBuilderTest {

  private static final EmbeddingModel MODEL = new AllMiniLmL6V2QuantizedEmbeddingModel();
  private static final MessageClassifier JUDGE = MessageClassifier.shared();

  private static float[] vector(String text) {
    return MODEL.embed(text).content().vector();
  }

  private static CorrectionClassifierBuilder.Corrected said(String verdict, String text) {
    return new CorrectionClassifierBuilder.Corrected(text, vector(text), 0, verdict);
  }

  private static List<CorrectionClassifierBuilder.Corrected> kevinSortsStandups() {
    List<CorrectionClassifierBuilder.Corrected> corrections = new ArrayList<>();
    for (String team : List.of("billing", "search", "mobile", "platform", "design", "support")) {
      corrections.add(said("noise", "Standup bot: no blockers reported by team " + team + " today"));
      corrections.add(said("signal", "Handover note of team " + team + ": the night shift saw two alarms"));
    }
    return corrections;
  }

  private static double content(String text, CorrectionClassifiers lessons) {
    return JUDGE.judge(text, vector(text), FollowUpSignals.NONE, lessons).content();
  }

  @Test
  void whatKevinCorrectsAFewTimesIsJudgedHisWayNextTime() {
    CorrectionClassifiers lessons = CorrectionClassifierBuilder.of(kevinSortsStandups(), JUDGE);
    String report = "Standup bot: no blockers reported by team logistics today";
    String handover = "Handover note of team logistics: the night shift saw one alarm";
    assertThat(content(report, lessons)).isLessThan(content(report, CorrectionClassifiers.NONE) - 0.05);
    assertThat(content(handover, lessons)).isGreaterThan(content(handover, CorrectionClassifiers.NONE));
    assertThat(lessons.corrections()).isEqualTo(12);
  }

  @Test
  void aMessageTellsThatItsScoreWasLearnt() {
    CorrectionClassifiers lessons = CorrectionClassifierBuilder.of(kevinSortsStandups(), JUDGE);
    String report = "Standup bot: no blockers reported by team logistics today";
    assertThat(JUDGE.judge(report, vector(report), FollowUpSignals.NONE, lessons).reasons())
        .anySatisfy(r -> assertThat(r.code() + r.params()).isEqualTo("learned[12]"));
  }

  @Test
  void twoCorrectionsTeachNothingYet() {
    CorrectionClassifiers lessons = CorrectionClassifierBuilder.of(kevinSortsStandups().subList(0, 2), JUDGE);
    assertThat(lessons.signal()).isNull();
    assertThat(lessons.aspects()).isEmpty();
  }

  @Test
  void sayingWhatIsSignalChangesNoAspect() {
    assertThat(CorrectionClassifierBuilder.of(kevinSortsStandups(), JUDGE).aspects()).isEmpty();
  }
}
