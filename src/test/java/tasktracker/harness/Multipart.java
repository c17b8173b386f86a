package tasktracker.harness;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A multipart form with fields and one file, which is streamed from disk. */
record Multipart(Map<String, String> fields, Path file, String boundary) {

  Multipart(Map<String, String> fields, Path file) {
    this(fields, file, "part-" + UUID.randomUUID());
  }

  String type() {
    return "multipart/form-data; boundary=" + boundary;
  }

  BodyPublisher body() {
    try {
      return BodyPublishers.concat(BodyPublishers.ofString(head()), BodyPublishers.ofFile(file),
          BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String head() {
    var head = new StringBuilder();
    fields.forEach((name, value) -> head.append(part("name=\"" + name + "\"")).append("\r\n").append(value).append("\r\n"));
    return head.append(part("name=\"file\"; filename=\"" + file.getFileName() + "\""))
        .append("Content-Type: application/octet-stream\r\n\r\n").toString();
  }

  private String part(String disposition) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n";
  }
}
