import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the report of /api/v1/system/checks and prints a line a check: state, name, found, todo. For bin/doctor, which has nothing but a JDK. */
public class ReadChecks {

  private final String text;
  private int at;

  ReadChecks(String text) {
    this.text = text;
  }

  public static void main(String[] arguments) throws IOException {
    Object report = new ReadChecks(new String(System.in.readAllBytes(), StandardCharsets.UTF_8)).value();
    for (Object check : (List<?>) ((Map<?, ?>) report).get("checks")) {
      Map<?, ?> c = (Map<?, ?>) check;
      System.out.println(String.join("\t", plain(c.get("state")), plain(c.get("name")), plain(c.get("found")), plain(c.get("todo"))));
    }
  }

  private static String plain(Object value) {
    return String.valueOf(value).replaceAll("\\s+", " ");
  }

  private Object value() {
    skip();
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    while (!ends('}')) {
      String name = string();
      skip();
      at++;
      members.put(name, value());
    }
    return members;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    at++;
    while (!ends(']')) {
      items.add(value());
    }
    return items;
  }

  private boolean ends(char closing) {
    skip();
    boolean isEnd = text.charAt(at) == closing;
    at += isEnd || text.charAt(at) == ',' ? 1 : 0;
    skip();
    return isEnd;
  }

  private String string() {
    StringBuilder read = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      read.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
    }
    at++;
    return read.toString();
  }

  private char escaped() {
    char c = text.charAt(++at);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
    }
    return switch (c) {
      case 'n', 'r', 't', 'b', 'f' -> ' ';
      default -> c;
    };
  }

  private String word() {
    int from = at;
    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
