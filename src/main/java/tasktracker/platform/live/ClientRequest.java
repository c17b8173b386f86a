package tasktracker.platform.live;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.Optional;

/**
 * What a program asks on its socket.
 *
 * @param topic as it was asked for, cut off after 64 characters: it is repeated in the answer
 */
record ClientRequest(Action action, String topic) {

  private static final int MAX_TOPIC_LENGTH = 64;

  enum Action {
    SUBSCRIBE, UNSUBSCRIBE;

    private static Optional<Action> of(String wire) {
      return wire.equals("subscribe") ? Optional.of(SUBSCRIBE) : wire.equals("unsubscribe") ? Optional.of(UNSUBSCRIBE) : Optional.empty();
    }

    String done() {
      return this == SUBSCRIBE ? "subscribed" : "unsubscribed";
    }
  }

  /** Empty for what is not ours: an answer to a ping, no JSON. Nothing nested is read, so depth costs nothing. */
  static Optional<ClientRequest> parse(String text) {
    try (JsonParser json = Json.createParser(new StringReader(text))) {
      return json.next() == Event.START_OBJECT ? parse(json) : Optional.empty();
    } catch (JsonException | IllegalStateException notOurs) {
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
    String named = topic.substring(0, Math.min(MAX_TOPIC_LENGTH, topic.length()));
    return Action.of(action).map(asked -> new ClientRequest(asked, named));
  }
}
