package tasktracker.source.slack;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/** The files of a message in words. */
final class SlackFiles {

  private static final int NAMED_TOGETHER = 20;

  private SlackFiles() {}

  /** The files, of which old exports tell one under another name. */
  static List<LenientJson> of(LenientJson message) {
    LenientJson single = message.row("file");
    return single != null ? List.of(single) : message.rows("files");
  }

  /** What stands in the place of a text that is not there: the files' names, each on a line. */
  static String standIn(List<LenientJson> files) {
    return files.stream().limit(NAMED_TOGETHER).map(SlackFiles::standIn).collect(Collectors.joining("\n"));
  }

  private static String standIn(LenientJson file) {
    String name = file.words("name") == null ? file.words("title") : file.words("name");
    return name == null ? "[File]" : "[File, " + name + "]";
  }

  /** What was said in voice and video messages, each on a line; null when nothing is told. */
  static @Nullable String transcripts(List<LenientJson> files) {
    String told = files.stream().limit(NAMED_TOGETHER).map(SlackFiles::transcript).filter(Objects::nonNull).collect(Collectors.joining("\n"));
    return told.isEmpty() ? null : told;
  }

  private static @Nullable String transcript(LenientJson file) {
    LenientJson transcription = file.row("transcription");
    LenientJson preview = transcription == null ? null : transcription.row("preview");
    String words = preview == null ? null : preview.words("content");
    return words == null ? null : ("slack_video".equals(file.text("subtype")) ? "[Video message] " : "[Voice message] ") + words;
  }
}
