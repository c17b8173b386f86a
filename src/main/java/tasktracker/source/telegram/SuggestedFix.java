package tasktracker.source.telegram;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Maps known error texts of Telegram to suggested fixes. */
public final class SuggestedFix {

  /** Part of the error text in lower case, and the end of the message key of the fix. The first match applies. */
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

  public static String of(String error) {
    String text = error.toLowerCase(Locale.ROOT);
    return KNOWN.entrySet().stream().filter(known -> text.contains(known.getKey())).map(Map.Entry::getValue)
        .findFirst().orElse("other");
  }
}
