package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private static Calibration chat(double from, double to, int messages) {
    return new Calibration(IntStream.rangeClosed(0, Calibration.STEPS)
        .mapToObj(i -> from + (to - from) * i / Calibration.STEPS).toList(), messages);
  }

  @Test
  void aSmallChatIsNotCalibrated() {
    assertThat(chat(0.5, 0.9, Calibration.MIN_MESSAGES - 1).apply(0.6)).isEqualTo(0.6);
    assertThat(Calibration.NONE.apply(0.6)).isEqualTo(0.6);
  }

  @Test
  void anAverageScoreInABusyChatIsLowered() {
    Calibration support = chat(0.5, 0.95, 1000);
    assertThat(support.apply(0.55)).isLessThan(0.55);
  }

  @Test
  void aHighScoreInAQuietChatIsRaised() {
    Calibration friends = chat(0.1, 0.5, 1000);
    assertThat(friends.apply(0.5)).isGreaterThan(0.5);
  }

  @Test
  void calibrationIsMonotonicAndBounded() {
    Calibration chat = new Calibration(List.of(0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.3, 0.3, 0.4, 0.4, 0.5, 0.5, 0.6, 0.6, 0.7, 0.7,
        0.8, 0.8, 0.9, 0.95), 1000);
    double last = 0;
    for (int i = 0; i <= 100; i++) {
      double now = chat.apply(i / 100.0);
      assertThat(now).isBetween(last - 1e-9, 1.0);
      last = now;
    }
  }
}
