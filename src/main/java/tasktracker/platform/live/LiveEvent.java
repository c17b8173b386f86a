package tasktracker.platform.live;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;

/**
 * Something that happened, as it goes over the bus and to programs.
 *
 * @param seq grows with every event of the whole installation; 0 when the bus was away and only this node heard it
 */
public record LiveEvent(LiveTopic.Event event, long seq, Instant ts, JsonObject data) {

  /** The envelope {@code {topic, type, event, seq, ts, data}}; {@code event} repeats {@code type} for older clients. */
  public String envelope() {
    return Json.createObjectBuilder().add("topic", event.topic().wire()).add("type", event.wire())
        .add("event", event.wire()).add("seq", seq).add("ts", ts.toString()).add("data", data).build().toString();
  }

  /** What travels on the bus: without the sequence number, which the bus gives. */
  String onTheBus() {
    return Json.createObjectBuilder().add("event", event.name()).add("ts", ts.toString()).add("data", data).build().toString();
  }

  static LiveEvent fromTheBus(String text, long seq) {
    JsonObject json = object(text);
    return new LiveEvent(LiveTopic.Event.valueOf(json.getString("event")), seq, Instant.parse(json.getString("ts")),
        json.getJsonObject("data"));
  }

  static JsonObject object(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
