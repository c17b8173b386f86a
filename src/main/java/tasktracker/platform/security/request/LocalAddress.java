package tasktracker.platform.security.request;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalUrl;

/** Validates redirect targets, so that no redirect leads to another site. */
public final class LocalAddress {

  private static final int MAX_LENGTH = 2000;

  private LocalAddress() {}

  /** The address when it is a path on this server, or else the home page. */
  public static String orHome(@Nullable String address) {
    return address != null && isLocal(address) ? address : "/";
  }

  static boolean isLocal(String address) {
    return !isExternal(address) && !address.startsWith("/sign-");
  }

  /** True when it is not a path on this server. */
  public static boolean isExternal(String address) {
    return !address.startsWith("/") || address.startsWith("//")
        || address.length() > MAX_LENGTH || address.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f);
  }

  /** Path and query of a URL, without its host. */
  public static String pathOf(@Nullable String url) {
    try {
      URI uri = LocalUrl.parse(url == null ? "/" : url);
      return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    } catch (IllegalArgumentException e) {
      return "/";
    }
  }
}
