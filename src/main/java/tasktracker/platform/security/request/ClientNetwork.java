package tasktracker.platform.security.request;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The key of rate limits for an address: the /64 network for IPv6, because a client usually has a whole network. */
public final class ClientNetwork {

  /** Only literals are parsed, because a name would cause a DNS lookup. */
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final int PREFIX_BYTES = 8;

  private ClientNetwork() {}

  /** The first 64 bits of an IPv6 address as hexadecimal digits with {@code /64}; any other text as it is. */
  public static String of(String address) {
    String literal = address.split("%", 2)[0];
    return literal.contains(":") && IPV6.matcher(literal).matches() ? prefix(literal) : address;
  }

  private static String prefix(String literal) {
    try {
      InetAddress parsed = InetAddress.getByName(literal);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), PREFIX_BYTES)) + "/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return literal;
    }
  }
}
