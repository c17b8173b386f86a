package tasktracker.source.format;

import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParsingException;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.JsonLimitExceeded;

/**
 * A file, or a part of one, that cannot be read. The reason contains the position and can be translated; the
 * exception's message is its English text.
 */
public class UnreadableFile extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean broken;
  private final boolean fatal;
  private final transient LocalizedMessage reason;

  private UnreadableFile(boolean broken, boolean fatal, LocalizedMessage reason, @Nullable Throwable cause) {
    super(reason.english(), cause);
    this.broken = broken;
    this.fatal = fatal;
    this.reason = reason;
  }

  /** The JSON is invalid or ends too early. */
  public static UnreadableFile broken(JsonParsingException cause) {
    return new UnreadableFile(true, false, LocalizedMessage.of("problem.file.broken", position(cause.getLocation())), cause);
  }

  /** The file is damaged in another way. */
  public static UnreadableFile broken(LocalizedMessage reason) {
    return new UnreadableFile(true, false, reason, null);
  }

  /** The file is well-formed and has another format. */
  public static UnreadableFile wrongFormat(LocalizedMessage reason) {
    return new UnreadableFile(false, false, reason, null);
  }

  /** The file exceeds a limit of the whole file and is rejected. */
  public static UnreadableFile fatal(LocalizedMessage reason) {
    return new UnreadableFile(false, true, reason, null);
  }

  /** The same error with the name of the part of the file. */
  public UnreadableFile inPart(String part) {
    return new UnreadableFile(broken, fatal, LocalizedMessage.of("problem.file.of", part, reason), this);
  }

  /** Whether the whole file is rejected. */
  public boolean isFatal() {
    return fatal;
  }

  /** Whether the file is damaged; false when it has another format or exceeds a limit. */
  public boolean isBroken() {
    return broken;
  }

  /** The JSON of the file ended too early, after so many readable messages. */
  public static UnreadableFile truncated(LocalizedMessage where, long messages) {
    return broken(LocalizedMessage.of("problem.file.truncated", where, messages));
  }

  /** The JSON exceeds a limit. */
  public static UnreadableFile limitExceeded(JsonLimitExceeded limit) {
    String at = String.valueOf(limit.offset());
    return wrongFormat(switch (limit.limit()) {
      case DEPTH -> LocalizedMessage.of("problem.file.deep", at);
      case NUMBER -> LocalizedMessage.of("problem.file.number.long", at);
      case TEXT -> LocalizedMessage.of("problem.file.text.long", at);
      case VALUES -> LocalizedMessage.of("problem.file.values", at);
      case ENCODING -> LocalizedMessage.of("problem.file.encoding", at);
    });
  }

  /** The reason, which can be translated. */
  public LocalizedMessage reason() {
    return reason;
  }

  /**
   * The position: line and column from 1, and the byte offset. The numbers are formatted without separators, as editors
   * expect them.
   */
  public static LocalizedMessage position(JsonLocation at) {
    return at.getLineNumber() < 0
        ? LocalizedMessage.of("problem.file.end")
        : LocalizedMessage.of("problem.file.place",
            String.valueOf(at.getLineNumber()), String.valueOf(at.getColumnNumber()), String.valueOf(at.getStreamOffset()));
  }

  /** The position in English. */
  public static String positionInEnglish(JsonLocation at) {
    return position(at).english();
  }
}
