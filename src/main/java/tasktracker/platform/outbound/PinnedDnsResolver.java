package tasktracker.platform.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the host of a connection and refuses the connection unless each of its addresses is allowed. The connection is
 * made to what this returns, so that a name cannot lead elsewhere after the check.
 */
final class PinnedDnsResolver implements DnsResolver {

  /** An address is not allowed. */
  static final class AddressRefused extends UnknownHostException {
    private static final long serialVersionUID = 1L;
    private final transient HostAndPort target;
    private final boolean isRestricted;

    AddressRefused(HostAndPort target, boolean isRestricted) {
      super(target + " is not an address of the public Internet and is not allowed");
      this.target = target;
      this.isRestricted = isRestricted;
    }

    HostAndPort target() {
      return target;
    }

    /** Whether it cannot be allowed by its name. */
    boolean isRestricted() {
      return isRestricted;
    }
  }

  private final NameResolver names;
  private final AllowedAddresses allowed;

  PinnedDnsResolver(NameResolver names, AllowedAddresses allowed) {
    this.names = names;
    this.allowed = allowed;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    HostAndPort target = new HostAndPort(HostAndPort.normalize(host.replaceAll("^\\[|]$", "")), port);
    for (InetAddress address : addresses) {
      requireAllowed(target, address);
    }
    return Arrays.stream(addresses).map(address -> new InetSocketAddress(address, port)).toList();
  }

  private void requireAllowed(HostAndPort target, InetAddress address) throws AddressRefused {
    AddressRange range = AddressRange.of(address);
    boolean isRestricted = range == AddressRange.RESTRICTED && !target.host().equals(address.getHostAddress());
    if (isRestricted || range != AddressRange.PUBLIC && !allowed.isAllowed(target)) {
      throw new AddressRefused(target, isRestricted);
    }
  }

  /** Not used: the port decides too. */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    throw new UnknownHostException("The port of " + host + " is unknown");
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
