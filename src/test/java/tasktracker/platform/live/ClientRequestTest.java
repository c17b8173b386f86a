package tasktracker.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.live.ClientRequest.Action;

/** Requests that programs send over a socket. */
class ClientRequestTest {

  @Test
  void aProgramSubscribesAndUnsubscribes() {
    assertThat(ClientRequest.parse("{\"action\":\"subscribe\",\"topic\":\"jobs\"}")).contains(new ClientRequest(Action.SUBSCRIBE, "jobs"));
    assertThat(ClientRequest.parse(" {\"topic\":\"jobs\",\"x\":1,\"action\":\"unsubscribe\"}"))
        .contains(new ClientRequest(Action.UNSUBSCRIBE, "jobs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pong", "null", "[]", "\"subscribe\"", "{", "{\"action\":\"subscribe\"", "{\"action\":7}",
      "{\"type\":\"pong\"}",
      "{\"action\":\"subscribe\",\"topic\":{}}", "{\"action\":[[[["})
  void anyOtherTextIsIgnored(String text) {
    assertThat(ClientRequest.parse(text)).isEmpty();
  }

  @Test
  void nestedValuesAreNotParsed() {
    assertThat(ClientRequest.parse("{\"a\":".repeat(1_600))).isEmpty();
    assertThat(ClientRequest.parse("[".repeat(8_000))).isEmpty();
  }

  @Test
  void aLongTopicIsTruncated() {
    assertThat(ClientRequest.parse("{\"action\":\"subscribe\",\"topic\":\"" + "x".repeat(8_000) + "\"}"))
        .hasValueSatisfying(asked -> assertThat(asked.topic()).hasSize(64));
  }
}
