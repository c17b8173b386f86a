package tasktracker.source;

import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParsingException;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.JsonLimitExceeded;
import tasktracker.platform.web.LocalizedMessage;

/** A file that cannot be read, in words for the one who brought it; names the place. Its message is the English for programs. */
public class UnreadableFile extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean broken;
  private final boolean fatal;
  private final transient LocalizedMessage message;

  private UnreadableFile(boolean broken, boolean fatal, LocalizedMessage message, @Nullable Throwable cause) {
    super(message.english(), cause);
    this.broken = broken;
    this.fatal = fatal;
    this.message = message;
  }

  /** Not even JSON, or JSON that ends too early. */
  public static UnreadableFile broken(JsonParsingException cause) {
    return new UnreadableFile(true, false, LocalizedMessage.of("problem.file.broken", where(cause.getLocation())), cause);
  }

  /** Damaged in another way than by its JSON. */
  public static UnreadableFile broken(LocalizedMessage message) {
    return new UnreadableFile(true, false, message, null);
  }

  /** Well-formed, but not what was expected. */
  public static UnreadableFile foreign(LocalizedMessage message) {
    return new UnreadableFile(false, false, message, null);
  }

  /** Beyond a limit that holds for the whole file, so that none of it is read. */
  public static UnreadableFile fatal(LocalizedMessage message) {
    return new UnreadableFile(false, true, message, null);
  }

  /** The same of a part of the file. */
  public UnreadableFile in(String part) {
    return new UnreadableFile(broken, fatal, LocalizedMessage.of("problem.file.of", part, message), this);
  }

  /** True when the whole file is refused, whatever part of it is at fault. */
  public boolean isFatal() {
    return fatal;
  }

  /** True when the file is damaged, false when it is of another format or beyond a limit. */
  public boolean isBroken() {
    return broken;
  }

  /** The file has ended within its JSON, after so many messages that could be read. */
  public static UnreadableFile truncated(LocalizedMessage where, long messages) {
    return broken(LocalizedMessage.of("problem.file.truncated", where, messages));
  }

  /** Grown beyond what is read. */
  public static UnreadableFile beyond(JsonLimitExceeded limit) {
    String at = String.valueOf(limit.offset());
    return foreign(switch (limit.limit()) {
      case DEPTH -> LocalizedMessage.of("problem.file.deep", at);
      case NUMBER -> LocalizedMessage.of("problem.file.number.long", at);
      case TEXT -> LocalizedMessage.of("problem.file.text.long", at);
      case VALUES -> LocalizedMessage.of("problem.file.values", at);
      case ENCODING -> LocalizedMessage.of("problem.file.encoding", at);
    });
  }

  /** What is wrong, for people in their language. */
  public LocalizedMessage saying() {
    return message;
  }

  /** The place, all counts from 1 but the byte offset. Numbers go in as texts: nobody looks for line 1,000 in an editor. */
  public static LocalizedMessage where(JsonLocation at) {
    return at.getLineNumber() < 0 ? LocalizedMessage.of("problem.file.end") : LocalizedMessage.of("problem.file.place",
        String.valueOf(at.getLineNumber()), String.valueOf(at.getColumnNumber()), String.valueOf(at.getStreamOffset()));
  }

  /** The place as programs are told it. */
  public static String place(JsonLocation at) {
    return where(at).english();
  }
}
