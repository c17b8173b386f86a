package tasktracker.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import tasktracker.knowledge.analyst.AtomType;

/**
 * A chat whose atoms a person listed: one message a line, {@code number | answered message | reactions | author | types |
 * text}, and {@code -} for none.
 */
public record LabelledChat(String name, List<EvaluationMessages.Source> messages, List<LabelledAtom> atoms) {

  /** An atom of a reference list. */
  public record LabelledAtom(AtomType type, List<UUID> evidence) {}

  private static final Instant START = Instant.parse("2026-11-02T08:00:00Z");
  private static final int SECONDS_BETWEEN = 240;

  public static List<LabelledChat> readAll(Path file) throws IOException {
    List<LabelledChat> chats = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("== ")) {
        chats.add(new LabelledChat(line.substring(3), new ArrayList<>(), new ArrayList<>()));
      } else if (!line.isBlank() && !line.startsWith("# ")) {
        chats.getLast().add(line.split(" \\| ", 6), chats.size());
      }
    }
    return chats;
  }

  /** The atoms of a reference list: JSON with {@code atoms}, each with {@code type} and {@code evidence}, numbers of messages. */
  static List<LabelledAtom> readReference(Path file, LongFunction<UUID> id) throws IOException {
    List<LabelledAtom> atoms = new ArrayList<>();
    for (JsonNode atom : new ObjectMapper().readTree(file.toFile()).get("atoms")) {
      List<UUID> evidence = new ArrayList<>();
      atom.get("evidence").forEach(number -> evidence.add(id.apply(number.asLong())));
      atoms.add(new LabelledAtom(AtomType.of(atom.get("type").asText()).orElseThrow(), evidence));
    }
    return atoms;
  }

  private void add(String[] fields, int chat) {
    UUID id = id(chat, fields[0]);
    messages.add(new EvaluationMessages.Source(id, null, null, fields[3], fields[1].equals("-") ? null : id(chat, fields[1]),
        START.plusSeconds((long) SECONDS_BETWEEN * messages.size()), fields[5], Integer.parseInt(fields[2])));
    Arrays.stream(fields[4].split(",")).filter(type -> !type.equals("-"))
        .forEach(type -> atoms.add(new LabelledAtom(AtomType.of(type.strip()).orElseThrow(), List.of(id))));
  }

  public static UUID id(int chat, String number) {
    return new UUID(1000L + chat, Long.parseLong(number));
  }
}
