package tasktracker.platform.live;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.Optional;

/**
 * A request that a program sends over its WebSocket.
 *
 * @param topic as the client sent it, truncated to 64 characters because the answer repeats it
 */
record ClientRequest(Action action, String topic) {

  private static final int MAX_TOPIC_LENGTH = 64;

  enum Action {
    SUBSCRIBE, UNSUBSCRIBE;

    private static Optional<Action> of(String wire) {
      return wire.equals("subscribe") ? Optional.of(SUBSCRIBE) : wire.equals("unsubscribe") ? Optional.of(UNSUBSCRIBE) : Optional.empty();
    }

    String confirmation() {
      return this == SUBSCRIBE ? "subscribed" : "unsubscribed";
    }
  }

  /** Empty for any other text, such as an answer to a ping or invalid JSON. Nested values are not read, so nesting depth costs nothing. */
  static Optional<ClientRequest> parse(String text) {
    try (JsonParser json = Json.createParser(new StringReader(text))) {
      return json.next() == Event.START_OBJECT ? parse(json) : Optional.empty();
    } catch (JsonException | IllegalStateException notARequest) {
      return Optional.empty();
    }
  }

  private static Optional<ClientRequest> parse(JsonParser json) {
    String action = "";
    String topic = "";
    while (json.next() == Event.KEY_NAME) {
      String name = json.getString();
      Event value = json.next();
      if (value == Event.START_OBJECT || value == Event.START_ARRAY) {
        return Optional.empty();
      }
      action = name.equals("action") && value == Event.VALUE_STRING ? json.getString() : action;
      topic = name.equals("topic") && value == Event.VALUE_STRING ? json.getString() : topic;
    }
    String truncated = topic.substring(0, Math.min(MAX_TOPIC_LENGTH, topic.length()));
    return Action.of(action).map(wanted -> new ClientRequest(wanted, truncated));
  }
}
