package tasktracker.platform.web;

import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParsingException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a program where its JSON is broken, or which field has another shape than it should. */
final class UnreadableJson {

  private static final Pattern PLACE = Pattern.compile("line no=(\\d+), column no=(\\d+)");
  private static final Pattern FIELD = Pattern.compile("property '([A-Za-z0-9_]{1,100})'");

  private UnreadableJson() {}

  /** What to answer when this failure means that a body could not be read. */
  static Optional<Problem> of(Throwable failure) {
    if (failure instanceof JsonParsingException broken && broken.getLocation() != null) {
      return Optional.of(at(broken.getLocation().getLineNumber(), broken.getLocation().getColumnNumber()));
    }
    return failure instanceof JsonbException && isReading(failure) ? Optional.of(told(String.valueOf(failure.getMessage())))
        : Optional.empty();
  }

  /** A failure to write our own answer looks alike, but is our fault. */
  private static boolean isReading(Throwable failure) {
    return Arrays.stream(failure.getStackTrace()).anyMatch(f -> f.getMethodName().equals("readFrom"));
  }

  private static Problem told(String message) {
    Matcher place = PLACE.matcher(message);
    Matcher field = FIELD.matcher(message);
    if (place.find()) {
      return at(Long.parseLong(place.group(1)), Long.parseLong(place.group(2)));
    }
    return Problem.badRequest(field.find() ? "The field " + field.group(1) + " has another type than it should."
        : "The JSON has another shape than it should.");
  }

  private static Problem at(long line, long column) {
    return Problem.badRequest("The JSON is broken at line " + line + ", column " + column + ".");
  }
}
