package tasktracker.platform.outbound;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Where an IP address leads, by the registries of special-purpose addresses (RFC 6890 and later). */
public enum AddressRange {
  /** The Internet. */
  PUBLIC,
  /** This machine or its network: allowed for hosts that are on the list of allowed addresses. */
  PRIVATE,
  /** Link-local and multicast addresses and those of metadata services: allowed only when listed as an address themselves. */
  RESTRICTED;

  private static final List<IPAddress> RESTRICTED_BLOCKS = blocks("169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "fe80::/10",
      "ff00::/8",
      // Metadata services outside of link-local addresses: Azure, Oracle, Alibaba, AWS over IPv6.
      "168.63.129.16/32", "192.0.0.192/32", "100.100.100.200/32", "fd00:ec2::254/128", "fd20:ce::254/128");
  private static final List<IPAddress> PRIVATE_BLOCKS = blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
      "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
      "203.0.113.0/24");
  /** Public IPv6 addresses are of this block; those that carry an IPv4 address or are for documentation are left out. */
  private static final IPAddress GLOBAL_IPV6 = block("2000::/3");
  private static final List<IPAddress> SPECIAL_IPV6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  public static AddressRange of(InetAddress address) {
    IPAddress ip = plain(block(address.getHostAddress().replaceFirst("%.*", "")));
    if (RESTRICTED_BLOCKS.stream().anyMatch(b -> b.contains(ip))) {
      return RESTRICTED;
    }
    boolean isPublic = ip.isIPv4()
        ? PRIVATE_BLOCKS.stream().noneMatch(b -> b.contains(ip))
        : GLOBAL_IPV6.contains(ip) && SPECIAL_IPV6.stream().noneMatch(b -> b.contains(ip));
    return isPublic ? PUBLIC : PRIVATE;
  }

  /** The IPv4 address inside an IPv6 one: mapped, compatible, or translated (64:ff9b::/96), else the address. */
  private static IPAddress plain(IPAddress ip) {
    if (ip.isIPv6() && (ip.toIPv6().isIPv4Mapped() || ip.toIPv6().isIPv4Compatible() && !ip.isLoopback() && !ip.isZero()
        || ip.toIPv6().isWellKnownIPv4Translatable())) {
      return ip.toIPv6().getEmbeddedIPv4Address();
    }
    return ip;
  }

  private static List<IPAddress> blocks(String... blocks) {
    return Stream.of(blocks).map(AddressRange::block).toList();
  }

  private static IPAddress block(String text) {
    return new IPAddressString(text).getAddress();
  }
}
