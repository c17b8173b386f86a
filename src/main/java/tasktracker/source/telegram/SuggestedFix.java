package tasktracker.source.telegram;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Knows Telegram's error texts by heart, and what helps. */
final class SuggestedFix {

  /** Part of the text in lower case, and the end of the key of the words that say what to do. The first one counts. */
  private static final Map<String, String> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("certificate", "certificate");
    KNOWN.put("ssl", "certificate");
    KNOWN.put("connection refused", "refused");
    KNOWN.put("timed out", "timeout");
    KNOWN.put("timeout", "timeout");
    KNOWN.put("resolve host", "dns");
    KNOWN.put("reserved", "ip");
    KNOWN.put("ip address", "ip");
    KNOWN.put("network is unreachable", "ip");
    KNOWN.put("port", "port");
    KNOWN.put("https url", "https");
    KNOWN.put("401", "secret");
    KNOWN.put("unauthorized", "secret");
    KNOWN.put("403", "forbidden");
    KNOWN.put("404", "path");
    KNOWN.put("429", "limit");
    KNOWN.put("413", "path");
    KNOWN.put("50", "down");
  }

  private SuggestedFix() {}

  static String of(String error) {
    String text = error.toLowerCase(Locale.ROOT);
    return KNOWN.entrySet().stream().filter(known -> text.contains(known.getKey())).map(Map.Entry::getValue)
        .findFirst().orElse("other");
  }
}
