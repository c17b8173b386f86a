package tasktracker.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Resolves host names; tests have their own. */
@FunctionalInterface
public interface NameResolver {

  NameResolver SYSTEM = InetAddress::getAllByName;

  InetAddress[] resolve(String host) throws UnknownHostException;
}
