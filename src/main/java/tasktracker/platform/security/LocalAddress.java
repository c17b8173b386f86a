package tasktracker.platform.security;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalUrl;

/** Tells addresses on this server from those that lead elsewhere. */
public final class LocalAddress {

  private static final int LONGEST = 2000;

  private LocalAddress() {}

  /** The address when it is a path on this server, or else the start page: no link of ours leads a person away. */
  public static String orStart(@Nullable String address) {
    return address != null && isLocal(address) ? address : "/";
  }

  static boolean isLocal(String address) {
    return !isElsewhere(address) && !address.startsWith("/sign-");
  }

  /** True for what is no path on this server. */
  static boolean isElsewhere(String address) {
    return !address.startsWith("/") || address.startsWith("//")
        || address.length() > LONGEST || address.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f);
  }

  /** Path and query of an address, without the server it names; whoever has those follows no link away. */
  static String within(@Nullable String url) {
    try {
      URI uri = LocalUrl.parse(url == null ? "/" : url);
      return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    } catch (IllegalArgumentException e) {
      return "/";
    }
  }
}
