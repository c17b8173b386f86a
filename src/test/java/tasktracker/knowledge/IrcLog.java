package tasktracker.knowledge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A day of a free chat with links between messages that people annotated: {@code NAME.ascii.txt}, one line a message, and
 * {@code NAME.annotation.txt}, lines such as {@code 1002 1003 -}. Conversations are the connected components.
 *
 * @param messages the messages, without joins and other notices of the server
 * @param lines the number of the line of each message
 * @param conversationOf the conversation of each line in a link
 * @param annotated the lines of which people said what they answer
 */
record IrcLog(String name, List<EvaluationMessages.Source> messages, List<Integer> lines, Map<Integer, Integer> conversationOf,
    Set<Integer> annotated) {

  private static final Pattern LINE = Pattern.compile("^\\[(\\d\\d):(\\d\\d)] <([^>]+)> (.*)$");
  private static final Pattern ACTION = Pattern.compile("^\\[(\\d\\d):(\\d\\d)]\\s+\\* (\\S+) (.*)$");
  private static final Instant DAY = Instant.parse("2020-01-01T00:00:00Z");
  private static final int SECONDS_PER_DAY = 86_400;

  static List<IrcLog> readAll(Path folder) throws IOException {
    List<IrcLog> logs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ascii.txt")).sorted().toList()) {
        logs.add(read(file));
      }
    }
    return logs;
  }

  private static IrcLog read(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".ascii.txt", "");
    List<EvaluationMessages.Source> messages = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    int last = 0;
    int days = 0;
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = match(lines.get(i));
      if (line != null && !line.group(4).isBlank()) {
        int seconds = 3600 * Integer.parseInt(line.group(1)) + 60 * Integer.parseInt(line.group(2));
        days += seconds < last ? 1 : 0;
        last = seconds;
        messages.add(EvaluationMessages.Source.of(new UUID(2, i), line.group(3), DAY.plusSeconds((long) days * SECONDS_PER_DAY + seconds),
            line.group(4).strip()));
        numbers.add(i);
      }
    }
    List<int[]> links = readLinks(file.resolveSibling(name + ".annotation.txt"));
    return new IrcLog(name, messages, numbers, connect(links),
        links.stream().map(link -> Math.max(link[0], link[1])).collect(Collectors.toSet()));
  }

  private static Matcher match(String line) {
    Matcher message = LINE.matcher(line);
    if (message.matches()) {
      return message;
    }
    Matcher action = ACTION.matcher(line);
    return action.matches() ? action : null;
  }

  private static List<int[]> readLinks(Path file) throws IOException {
    List<int[]> links = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.strip().split("\\s+");
      links.add(new int[]{Integer.parseInt(parts[0]), Integer.parseInt(parts[1])});
    }
    return links;
  }

  private static Map<Integer, Integer> connect(List<int[]> links) {
    Map<Integer, Integer> parent = new HashMap<>();
    for (int[] link : links) {
      parent.putIfAbsent(link[0], link[0]);
      parent.putIfAbsent(link[1], link[1]);
      parent.put(root(parent, Math.max(link[0], link[1])), root(parent, Math.min(link[0], link[1])));
    }
    Map<Integer, Integer> conversationOf = new HashMap<>();
    parent.keySet().forEach(line -> conversationOf.put(line, root(parent, line)));
    return conversationOf;
  }

  private static int root(Map<Integer, Integer> parent, int line) {
    int at = line;
    while (parent.get(at).intValue() != at) {
      at = parent.get(at);
    }
    return at;
  }
}
