package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({"deploy,deploy,0", "deploy,deplyo,1", "deploy,deply,1", "deploy,deployy,1", "deploy,deplay,1", "помілка,помилку,2", "a,'',1",
      "cat,dog,3"})
  void eachEditIsCountedOnce(String one, String other, int distance) {
    assertThat(EditDistance.compute(one, other)).isEqualTo(distance);
    assertThat(EditDistance.compute(other, one)).isEqualTo(distance);
  }
}
