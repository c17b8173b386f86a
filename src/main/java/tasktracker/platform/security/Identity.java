package tasktracker.platform.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.access.AuthenticationFilter;
import tasktracker.platform.security.access.Credentials;
import tasktracker.platform.security.access.RequestAuthenticator;
import tasktracker.platform.security.access.SocketFilter;
import tasktracker.platform.security.request.TrustedProxies;

/**
 * The identity of the current request. {@link AuthenticationFilter} passes it the credentials. They are looked up at the
 * first call of {@link #caller}, so that public resources work without the database.
 */
@RequestScoped
public class Identity {

  @Inject
  @Nullable RequestAuthenticator authenticator;
  private Credentials credentials = Credentials.NONE;
  private @Nullable Caller caller;
  private String address = "";
  private String requestId = "";
  private boolean hasRequest;
  private boolean isLookedUp;
  private boolean isSocketAllowed;

  public void begin(String address, String requestId, Credentials credentials) {
    this.hasRequest = true;
    this.address = address;
    this.requestId = requestId;
    this.credentials = credentials;
  }

  /** Sets the caller after a sign-in in this request. */
  public void setCaller(Caller newCaller) {
    caller = newCaller;
    isLookedUp = true;
  }

  public boolean isSignedIn() {
    return caller().isPresent();
  }

  /**
   * The caller; empty without valid credentials. After a failed lookup, further calls return empty, so that the error page
   * does not fail as well.
   *
   * @throws SignInRequired at the first call, for an invalid token
   */
  public Optional<Caller> caller() {
    if (!isLookedUp && authenticator != null) {
      isLookedUp = true;
      caller = authenticator.authenticate(credentials, address).orElse(null);
    }
    return Optional.ofNullable(caller);
  }

  /**
   * The caller.
   *
   * @throws SignInRequired without valid credentials
   */
  public Caller required() {
    return caller().orElseThrow(SignInRequired::new);
  }

  public UUID accountId() {
    return required().accountId();
  }

  public String name() {
    return required().name();
  }

  public Role role() {
    return required().role();
  }

  public boolean may(Role role) {
    return caller().filter(c -> c.role().includes(role)).isPresent();
  }

  /** The address of the client, see {@link TrustedProxies}; empty outside of requests. */
  public String address() {
    return address;
  }

  /** The {@code X-Request-ID} of the response; empty outside of requests. */
  public String requestId() {
    return requestId;
  }

  /** False outside of requests, for example in jobs. */
  public boolean hasRequest() {
    return hasRequest;
  }

  /** Called when {@link SocketFilter} has authorized the handshake. */
  public void allowSocket() {
    isSocketAllowed = true;
  }

  /** The caller of an authorized handshake; empty when it did not pass {@link SocketFilter}. */
  public Optional<Caller> socketCaller() {
    return isSocketAllowed ? caller() : Optional.empty();
  }
}
