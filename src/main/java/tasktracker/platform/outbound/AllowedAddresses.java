package tasktracker.platform.outbound;

/** The addresses beside the public Internet that requests may go to. */
@FunctionalInterface
public interface AllowedAddresses {

  boolean isAllowed(HostAndPort address);
}
