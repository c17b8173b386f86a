package tasktracker.platform.security.request;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.SecurityConfig;

/**
 * Determines the address of the client. {@code X-Forwarded-For} is read only from the proxies of the setting TRUSTED_PROXIES
 * (addresses, networks or host names), which overwrite it. Host names are resolved again every ten seconds. Thread-safe.
 */
@ApplicationScoped
public class TrustedProxies {

  private static final System.Logger LOG = System.getLogger(TrustedProxies.class.getName());
  private static final long LOOKED_UP_NS = Duration.ofSeconds(10).toNanos();
  /** The longest chain of proxies. */
  private static final int MOST_HOPS = 10;

  private final List<String> names;
  private final List<IPAddress> networks;
  private volatile List<IPAddress> ofNames = List.of();
  private volatile long againNs = System.nanoTime();

  @Inject
  public TrustedProxies(SecurityConfig config) {
    this.networks = config.trustedProxies().stream().map(TrustedProxies::address).flatMap(Optional::stream).toList();
    this.names = config.trustedProxies().stream().filter(name -> address(name).isEmpty()).toList();
  }

  /** The address of the client: the peer of the connection, or the one that a trusted proxy reports. */
  public String addressOf(HttpServletRequest request) {
    String peer = Optional.ofNullable(request.getRemoteAddr()).orElse("");
    return isTrusted(peer) ? forwarded(request, peer) : peer;
  }

  /** The last address that is not a trusted proxy. Those before it were written by the client. */
  private String forwarded(HttpServletRequest request, String peer) {
    List<String> hops = headers(request).flatMap(header -> Arrays.stream(header.split(","))).map(String::strip).toList();
    return hops.reversed().stream().limit(MOST_HOPS).filter(hop -> !isTrusted(hop)).findFirst()
        .flatMap(TrustedProxies::address).filter(TrustedProxies::isSingle).map(TrustedProxies::plain).orElse(peer);
  }

  private static Stream<String> headers(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeaders("X-Forwarded-For")).map(Collections::list).stream().flatMap(List::stream);
  }

  private boolean isTrusted(String address) {
    if (networks.isEmpty() && names.isEmpty()) {
      return false;
    }
    return address(address).filter(one -> Stream.concat(networks.stream(), resolved().stream()).anyMatch(n -> n.contains(one))).isPresent();
  }

  private List<IPAddress> resolved() {
    if (!names.isEmpty() && System.nanoTime() - againNs >= 0) {
      lookUpAgain();
    }
    return ofNames;
  }

  /** A name that cannot be resolved keeps its last addresses; otherwise all clients would have the address of the proxy. */
  private synchronized void lookUpAgain() {
    if (System.nanoTime() - againNs >= 0) {
      List<IPAddress> found = names.stream().flatMap(TrustedProxies::lookUp).toList();
      ofNames = found.isEmpty() ? ofNames : found;
      againNs = System.nanoTime() + LOOKED_UP_NS;
    }
  }

  private static Stream<IPAddress> lookUp(String name) {
    try {
      return Arrays.stream(InetAddress.getAllByName(name)).map(a -> address(a.getHostAddress())).flatMap(Optional::stream);
    } catch (UnknownHostException e) {
      LOG.log(Level.DEBUG, "The trusted proxy {0} could not be resolved", name);
      return Stream.empty();
    }
  }

  /** An address or a network such as {@code 10.0.0.0/8}; an IPv4-mapped IPv6 address counts as IPv4. */
  private static Optional<IPAddress> address(@Nullable String text) {
    if (text == null || text.length() > 64 || text.isEmpty() || !Character.isLetterOrDigit(text.charAt(0)) && text.charAt(0) != ':') {
      return Optional.empty();
    }
    IPAddress address = new IPAddressString(text).getAddress();
    return Optional.ofNullable(address).map(a -> a.isIPv6() && a.toIPv6().isIPv4Mapped() ? a.toIPv6().getEmbeddedIPv4Address() : a);
  }

  private static boolean isSingle(IPAddress address) {
    return !address.isMultiple() && !address.isPrefixed();
  }

  private static String plain(IPAddress address) {
    return address.toCanonicalString();
  }
}
