package tasktracker.platform.security;

import org.jspecify.annotations.Nullable;

/** Tells addresses on this server from those that lead elsewhere. */
public final class LocalAddress {

  private static final int LONGEST = 2000;

  private LocalAddress() {}

  /** The address when it is a path on this server, or else the start page: no link of ours leads a person away. */
  public static String orStart(@Nullable String address) {
    return address != null && isLocal(address) ? address : "/";
  }

  static boolean isLocal(String address) {
    return address.startsWith("/") && !address.startsWith("//") && !address.startsWith("/sign-")
        && address.length() <= LONGEST && address.chars().allMatch(c -> c > ' ' && c != '\\' && c != 0x7f);
  }
}
