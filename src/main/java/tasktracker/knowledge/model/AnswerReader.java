package tasktracker.knowledge.model;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tasktracker.knowledge.NormalizedText;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.KnownTopic;
import tasktracker.knowledge.analyst.LinkCandidate;
import tasktracker.knowledge.analyst.LinkType;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.analyst.TopicCandidate;

/**
 * Reads the answer of a model. Wrong types are an error of the whole answer; what is merely untrue, such as a quote that
 * no message contains, is kept for validation, which lists it.
 */
final class AnswerReader {

  private static final int MAX_ITEMS = 500;
  private final List<AnalystMessage> messages;
  private final Map<String, KnownTopic> known = new HashMap<>();
  private final double minConfidence;
  private final String analyst;

  /** @param analyst the name of the model, for the reasons */
  AnswerReader(List<AnalystMessage> messages, List<KnownTopic> topics, double minConfidence, String analyst) {
    this.messages = messages;
    this.minConfidence = minConfidence;
    this.analyst = analyst;
    topics.forEach(topic -> {
      known.put(NormalizedText.keyOf(topic.name()), topic);
      topic.formerNames().forEach(former -> known.putIfAbsent(NormalizedText.keyOf(former), topic));
    });
  }

  /** @throws IllegalArgumentException when the answer does not follow the schema */
  Analysis read(JsonObject answer) {
    Map<String, TopicCandidate> topics = topics(answer);
    List<AtomCandidate> atoms = new ArrayList<>();
    Map<String, String> keys = new HashMap<>();
    for (JsonObject atom : objects(answer, "atoms")) {
      AtomCandidate candidate = atom(atom, "a" + atoms.size(), topics);
      if (candidate.confidence() >= minConfidence && !isOfContext(candidate)) {
        atoms.add(candidate);
        keys.putIfAbsent(candidate.title(), candidate.key());
      }
    }
    return new Analysis(List.copyOf(topics.values()), atoms, links(answer, keys));
  }

  /** Whether all its quotes are of messages that are only context: such an atom was found with their own batch. */
  private boolean isOfContext(AtomCandidate atom) {
    Set<UUID> context = messages.stream().filter(message -> !message.isCandidate()).map(AnalystMessage::id).collect(Collectors.toSet());
    return !atom.quotes().isEmpty() && atom.quotes().stream().map(Quote::messageId).allMatch(context::contains);
  }

  private Map<String, TopicCandidate> topics(JsonObject answer) {
    Map<String, TopicCandidate> topics = new LinkedHashMap<>();
    for (JsonObject topic : objects(answer, "topics")) {
      String name = text(topic, "name").strip();
      KnownTopic existing = known.get(NormalizedText.keyOf(name));
      if (!name.isEmpty() && fraction(topic, "confidence") >= minConfidence) {
        topics.putIfAbsent(NormalizedText.keyOf(name), new TopicCandidate("t" + topics.size(), existing == null ? null : existing.id(),
            existing == null ? name : existing.name(), text(topic, "description"), ids(topic), List.of(), fraction(topic, "confidence"),
            AnalystReason.of("model_topic", analyst)));
      }
    }
    return topics;
  }

  private List<UUID> ids(JsonObject topic) {
    List<UUID> ids = new ArrayList<>();
    for (JsonValue number : array(topic, "messages")) {
      if (!(number instanceof JsonNumber n)) {
        throw new IllegalArgumentException("The member messages must be a list of numbers");
      }
      message(n.intValue()).map(AnalystMessage::id).filter(id -> !ids.contains(id)).ifPresent(ids::add);
    }
    return ids;
  }

  private Optional<AnalystMessage> message(int number) {
    return number >= 1 && number <= messages.size() ? Optional.of(messages.get(number - 1)) : Optional.empty();
  }

  private AtomCandidate atom(JsonObject atom, String key, Map<String, TopicCandidate> topics) {
    AtomType type = AtomType.of(text(atom, "type")).orElseThrow(() -> new IllegalArgumentException("Unknown type of atom"));
    TopicCandidate topic = topics.get(NormalizedText.keyOf(text(atom, "topic")));
    List<Quote> quotes = new ArrayList<>();
    for (JsonObject quote : objects(atom, "quotes")) {
      quotes.add(quote(integer(quote, "message"), text(quote, "text")));
    }
    return new AtomCandidate(key, type, topic == null ? null : topic.key(), text(atom, "title").strip(), text(atom, "content").strip(),
        fraction(atom, "confidence"), quotes, AnalystReason.of("model", analyst));
  }

  /** The place of the words; an impossible place when the message does not contain them, which validation refuses. */
  private Quote quote(int number, String text) {
    AnalystMessage message = message(number).orElse(null);
    String words = text.strip();
    if (message == null) {
      return new Quote(new UUID(0, 0), 0, 1);
    }
    int start = words.isEmpty() ? -1 : message.text().indexOf(words);
    return start < 0 ? new Quote(message.id(), -1, 0) : new Quote(message.id(), start, start + words.length());
  }

  private static List<LinkCandidate> links(JsonObject answer, Map<String, String> keys) {
    List<LinkCandidate> links = new ArrayList<>();
    for (JsonObject link : objects(answer, "links")) {
      String from = keys.get(text(link, "from_title").strip());
      String to = keys.get(text(link, "to_title").strip());
      LinkType type = LinkType.of(text(link, "type")).orElseThrow(() -> new IllegalArgumentException("Unknown type of link"));
      if (from != null && to != null) {
        links.add(new LinkCandidate(from, to, type, 1));
      }
    }
    return links;
  }

  private static JsonArray array(JsonObject of, String name) {
    if (!(of.get(name) instanceof JsonArray array)) {
      throw new IllegalArgumentException("The member " + name + " must be a list");
    }
    if (array.size() > MAX_ITEMS) {
      throw new IllegalArgumentException("The member " + name + " has too many entries");
    }
    return array;
  }

  private static List<JsonObject> objects(JsonObject of, String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonValue value : array(of, name)) {
      if (!(value instanceof JsonObject object)) {
        throw new IllegalArgumentException("The member " + name + " must be a list of objects");
      }
      objects.add(object);
    }
    return objects;
  }

  private static String text(JsonObject of, String name) {
    if (!(of.get(name) instanceof JsonString text)) {
      throw new IllegalArgumentException("The member " + name + " must be a text");
    }
    return text.getString();
  }

  private static int integer(JsonObject of, String name) {
    if (!(of.get(name) instanceof JsonNumber number)) {
      throw new IllegalArgumentException("The member " + name + " must be a number");
    }
    return number.intValue();
  }

  private static double fraction(JsonObject of, String name) {
    if (!(of.get(name) instanceof JsonNumber number) || number.doubleValue() < 0 || number.doubleValue() > 1) {
      throw new IllegalArgumentException("The member " + name + " must be a number from 0 to 1");
    }
    return number.doubleValue();
  }
}
