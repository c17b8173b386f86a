package tasktracker.platform.web.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.problem.Problem;

class QueryTest {

  @QueryParameters("limit")
  static class Reader {}

  static class Beans {
    @QueryParam("actor") String actor;
  }

  @QueryParameters("tab")
  static class Resource {
    @QueryParam("period") String period;

    @QueryParameters(value = "page", repeatable = "class", of = Reader.class)
    public void list(@QueryParam("shown") List<UUID> shown, @QueryParam("chosen") boolean chosen, @BeanParam Beans beans) {}
  }

  private static final DeclaredParameters DECLARED = DeclaredParameters.of(Resource.class, Resource.class.getDeclaredMethods()[0]);

  @Test
  void declarationsAreCollectedFromAllAnnotations() {
    assertThat(DECLARED.names()).containsExactlyInAnyOrder("actor", "chosen", "class", "limit", "page", "period", "shown", "tab");
    assertThat(DECLARED.repeatable()).containsExactlyInAnyOrder("class", "shown");
  }

  @Test
  void readingAnUndeclaredParameterThrows() {
    assertThatThrownBy(() -> DECLARED.require("size", false)).isInstanceOf(IllegalStateException.class).hasMessageContaining("size");
    assertThatThrownBy(() -> DECLARED.require("page", true)).isInstanceOf(IllegalStateException.class);
    DECLARED.require("page", false);
    DECLARED.require("class", true);
  }

  @Test
  void onlyRepeatableParametersMayBeRepeated() {
    var given = new MultivaluedHashMap<String, String>();
    given.addAll("class", "noise", "signal");
    DECLARED.check(given);
    given.addAll("page", "1", "2");
    assertThatThrownBy(() -> DECLARED.check(given)).isInstanceOf(Problem.class).hasMessageContaining("page");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-1-1-1-1", "x", "00000000-0000-0000-0000-0000000000000", "0-0-0-0-000000000000000000000000000000"})
  void onlyCanonicalIdsAreAccepted(String text) {
    assertThatThrownBy(() -> query("id", text).id("id")).isInstanceOf(Problem.class).hasMessage("The parameter id must be an ID.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0", "\uD83D", "x\uDC4B"})
  void onlyStorableTextsAreAccepted(String text) {
    assertThatThrownBy(() -> query("q", text).text("q", 10)).isInstanceOf(Problem.class).hasMessageContaining("NUL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-0.1", "1e400", "2"})
  void aFractionIsFromZeroToOne(String text) {
    assertThatThrownBy(() -> query("min", text).fraction("min")).isInstanceOf(Problem.class);
  }

  private static Query query(String name, String value) {
    var given = new MultivaluedHashMap<String, String>();
    given.putSingle(name, value);
    return new Query(given);
  }
}
