package tasktracker.source.slack;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;

/** Placeholders and transcripts of the files of a message. */
final class SlackFiles {

  private static final int MAX_NAMES = 20;

  private SlackFiles() {}

  /** The files; old exports have a single one under another name. */
  static List<LenientJson> of(LenientJson message) {
    LenientJson single = message.object("file");
    return single != null ? List.of(single) : message.objects("files");
  }

  /** The placeholder of a message without text: the file names, each on a line. */
  static String placeholder(List<LenientJson> files) {
    return files.stream().limit(MAX_NAMES).map(SlackFiles::placeholder).collect(Collectors.joining("\n"));
  }

  private static String placeholder(LenientJson file) {
    String name = file.nonBlank("name") == null ? file.nonBlank("title") : file.nonBlank("name");
    return name == null ? "[File]" : "[File, " + name + "]";
  }

  /** The transcripts of voice and video messages, each on a line; null when there are none. */
  static @Nullable String transcripts(List<LenientJson> files) {
    String told = files.stream().limit(MAX_NAMES).map(SlackFiles::transcript).filter(Objects::nonNull).collect(Collectors.joining("\n"));
    return told.isEmpty() ? null : told;
  }

  private static @Nullable String transcript(LenientJson file) {
    LenientJson transcription = file.object("transcription");
    LenientJson preview = transcription == null ? null : transcription.object("preview");
    String words = preview == null ? null : preview.nonBlank("content");
    return words == null ? null : ("slack_video".equals(file.text("subtype")) ? "[Video message] " : "[Voice message] ") + words;
  }
}
