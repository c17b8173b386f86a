package tasktracker.platform.live;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;

/**
 * An event as it is sent over NATS and to programs.
 *
 * @param seq increases with every event of all nodes; 0 when NATS was unavailable and only this node received the event
 */
public record LiveEvent(LiveTopic.Event event, long seq, Instant ts, JsonObject data) {

  /** The envelope {@code {topic, type, event, seq, ts, data}}; {@code event} repeats {@code type} for older clients. */
  public String envelope() {
    return Json.createObjectBuilder().add("topic", event.topic().wire()).add("type", event.wire())
        .add("event", event.wire()).add("seq", seq).add("ts", ts.toString()).add("data", data).build().toString();
  }

  /** The message on NATS: without the sequence number, which the stream assigns. */
  String toBusMessage() {
    return Json.createObjectBuilder().add("event", event.name()).add("ts", ts.toString()).add("data", data).build().toString();
  }

  static LiveEvent fromBusMessage(String text, long seq) {
    JsonObject json = parseObject(text);
    return new LiveEvent(LiveTopic.Event.valueOf(json.getString("event")), seq, Instant.parse(json.getString("ts")),
        json.getJsonObject("data"));
  }

  static JsonObject parseObject(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
