package tasktracker.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tasktracker.harness.ProjectPaths;

/** An export file of Telegram Desktop with messages numbered from 1. */
record TelegramExportFile(Path file, int messages) {
  private static final long BEGIN = 1_767_225_600;

  static TelegramExportFile of(String name, long chat, int messages) {
    var file = ProjectPaths.folder("exports").resolve(name + ".json");
    try {
      Files.writeString(file, """
          {"name": "%s", "type": "private_supergroup", "id": %d, "messages": [
          %s
          ]}
          """.formatted(name, chat,
          LongStream.rangeClosed(1, messages).mapToObj(TelegramExportFile::message).collect(Collectors.joining(",\n"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TelegramExportFile(file, messages);
  }

  private static String message(long number) {
    var text = NumberedMessages.text(number);
    var seconds = BEGIN + number * 60;
    return """
        {"id": %d, "type": "message", "date": "%s", "date_unixtime": "%d", "from": "%s", "from_id": "user%d", \
        "text": "%s", "text_entities": [{"type": "plain", "text": "%s"}]}""".formatted(number,
        java.time.LocalDateTime.ofEpochSecond(seconds, 0, java.time.ZoneOffset.UTC), seconds, NumberedMessages.name(number),
        NumberedMessages.person(number), text, text);
  }
}
