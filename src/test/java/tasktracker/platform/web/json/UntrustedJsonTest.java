package tasktracker.platform.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.json.JsonLimitExceeded.Limit;
import tasktracker.source.AllocatedBytes;

class UntrustedJsonTest {

  private static final JsonLimits SMALL = new JsonLimits(5, 20, 10, 30);

  @Test
  void jsonWithinTheLimitsIsParsed() {
    assertThat(UntrustedJson.object("{\"a\": [[[{}]]], \"b\": \"[[[[[[[[{{{{\\\"[[[[\", \"c\": 1234567890}", SMALL)).hasSize(3);
    assertThat(UntrustedJson.object("{\"a\": \"\\\\\", \"b\": \"x\"}", SMALL).getString("a")).isEqualTo("\\");
  }

  @Test
  void eachLimitIsExact() {
    assertExceeds("{\"a\": [[[[[]]]]]}", Limit.DEPTH);
    assertExceeds("{\"a\": 12345678901}", Limit.NUMBER);
    assertExceeds("{\"a\": 1e999999999}", Limit.NUMBER);
    assertExceeds("{\"a\": \"" + "x".repeat(31) + "\"}", Limit.TEXT);
    assertExceeds("{\"" + "x".repeat(31) + "\": 1}", Limit.TEXT);
    assertExceeds("{\"a\": [" + "0,".repeat(17) + "0]}", Limit.VALUES);
    assertThat(UntrustedJson.object("{\"a\": [" + "0,".repeat(16) + "0]}", SMALL)).hasSize(1);
  }

  @Test
  void aNumberOfAMillionDigitsIsRefusedBeforeItIsConverted() {
    assertThatThrownBy(() -> UntrustedJson.object("{\"a\": " + "9".repeat(1_000_000) + "}", JsonLimits.BODY))
        .isInstanceOf(JsonLimitExceeded.class)
        .hasMessage("The JSON holds a number of more than 1000 digits at offset 1006.");
    assertThat(UntrustedJson.object("{\"a\": " + "9".repeat(1_000) + "}", JsonLimits.BODY)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void otherEncodingsAreRefused(String charset) {
    byte[] bytes = ("\u2230".repeat(3) + "[".repeat(1000)).getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> UntrustedJson.bounded(new ByteArrayInputStream(bytes), SMALL).readAllBytes())
        .isInstanceOf(JsonLimitExceeded.class);
  }

  @Test
  void aBoundedStreamReturnsTheSameBytes() throws IOException {
    byte[] json = "{\"a\": [1, 2, \"три\"]}".getBytes(StandardCharsets.UTF_8);
    assertThat(bounded(json).readAllBytes()).isEqualTo(json);
    InputStream single = bounded(json);
    for (byte b : json) {
      assertThat((byte) single.read()).isEqualTo(b);
    }
    assertThat(single.read()).isEqualTo(-1);
    assertThatThrownBy(() -> bounded("[".repeat(9).getBytes(StandardCharsets.UTF_8)).skip(9)).isInstanceOf(JsonLimitExceeded.class);
  }

  @Test
  void anObjectThatIsTooLargeIsSkipped() {
    String large = "{\"x\": {\"y\": [" + "{\"z\": [1, 2]},".repeat(1000) + "{}]}, \"w\": \"" + "v".repeat(5000) + "\"}";
    JsonParser parser = Json.createParser(new StringReader("[" + large + ", {\"a\": [{\"b\": null}, 1.5, true, \"c\"]}]"));
    parser.next();
    assertThat(parser.next()).isEqualTo(Event.START_OBJECT);
    assertThat(UntrustedJson.object(parser, 10_000)).isEmpty();
    assertThat(parser.next()).isEqualTo(Event.START_OBJECT);
    JsonObject small = UntrustedJson.object(parser, 10_000).orElseThrow();
    assertThat(small).hasToString("{\"a\":[{\"b\":null},1.5,true,\"c\"]}");
    assertThat(parser.next()).isEqualTo(Event.END_ARRAY);
  }

  @Test
  void skippingAnObjectAllocatesNothingPerValue() {
    long thousand = AllocatedBytes.of(1_000, UntrustedJsonTest::skip);
    assertThat(AllocatedBytes.of(64_000, UntrustedJsonTest::skip)).isLessThan(thousand * 64);
    AllocatedBytes.isLinear(1_000, n -> UntrustedJson.object("{\"a\": [" + "[],".repeat(n) + "1]}", JsonLimits.BODY));
  }

  private static void skip(int values) {
    JsonParser parser = Json.createParser(new StringReader("{\"a\": [" + "[1],".repeat(values) + "1]}"));
    parser.next();
    assertThat(UntrustedJson.object(parser, 10_000)).isEmpty();
  }

  @Test
  void otherValuesAreNotObjects() {
    assertThatThrownBy(() -> UntrustedJson.object("[]", SMALL)).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> UntrustedJson.object("{\"a\": }", SMALL)).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> UntrustedJson.object("", SMALL)).isInstanceOf(JsonException.class);
  }

  private static InputStream bounded(byte[] json) {
    return UntrustedJson.bounded(new ByteArrayInputStream(json), SMALL);
  }

  private static void assertExceeds(String json, Limit limit) {
    assertThatThrownBy(() -> UntrustedJson.object(json, SMALL)).isInstanceOfSatisfying(JsonLimitExceeded.class,
        e -> assertThat(e.limit()).isEqualTo(limit));
  }
}
