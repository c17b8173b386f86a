package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrectionClassifierBuilderTest {

  private static final EmbeddingModel MODEL = new AllMiniLmL6V2QuantizedEmbeddingModel();
  private static final MessageClassifier CLASSIFIER = MessageClassifier.shared();

  private static float[] vector(String text) {
    return MODEL.embed(text).content().vector();
  }

  private static CorrectionClassifierBuilder.CorrectedMessage corrected(String verdict, String text) {
    return new CorrectionClassifierBuilder.CorrectedMessage(text, vector(text), 0, verdict);
  }

  private static List<CorrectionClassifierBuilder.CorrectedMessage> correctedStandupMessages() {
    List<CorrectionClassifierBuilder.CorrectedMessage> corrections = new ArrayList<>();
    for (String team : List.of("billing", "search", "mobile", "platform", "design", "support")) {
      corrections.add(corrected("noise", "Standup bot: no blockers reported by team " + team + " today"));
      corrections.add(corrected("signal", "Handover note of team " + team + ": the night shift saw two alarms"));
    }
    return corrections;
  }

  private static double content(String text, CorrectionClassifiers classifiers) {
    return CLASSIFIER.predict(text, vector(text), FollowUpSignals.NONE, classifiers).content();
  }

  @Test
  void aFewCorrectionsChangeTheScoreOfSimilarMessages() {
    CorrectionClassifiers classifiers = CorrectionClassifierBuilder.build(correctedStandupMessages(), CLASSIFIER);
    String report = "Standup bot: no blockers reported by team logistics today";
    String handover = "Handover note of team logistics: the night shift saw one alarm";
    assertThat(content(report, classifiers)).isLessThan(content(report, CorrectionClassifiers.NONE) - 0.05);
    assertThat(content(handover, classifiers)).isGreaterThan(content(handover, CorrectionClassifiers.NONE));
    assertThat(classifiers.corrections()).isEqualTo(12);
  }

  @Test
  void theReasonsNameTheCorrections() {
    CorrectionClassifiers classifiers = CorrectionClassifierBuilder.build(correctedStandupMessages(), CLASSIFIER);
    String report = "Standup bot: no blockers reported by team logistics today";
    assertThat(CLASSIFIER.predict(report, vector(report), FollowUpSignals.NONE, classifiers).reasons())
        .anySatisfy(r -> assertThat(r.code() + r.params()).isEqualTo("learned[12]"));
  }

  @Test
  void twoCorrectionsAreTooFewForTraining() {
    CorrectionClassifiers classifiers = CorrectionClassifierBuilder.build(correctedStandupMessages().subList(0, 2), CLASSIFIER);
    assertThat(classifiers.signal()).isNull();
    assertThat(classifiers.aspects()).isEmpty();
  }

  @Test
  void aSignalVerdictTrainsNoAspect() {
    assertThat(CorrectionClassifierBuilder.build(correctedStandupMessages(), CLASSIFIER).aspects()).isEmpty();
  }
}
