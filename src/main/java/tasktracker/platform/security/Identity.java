package tasktracker.platform.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking in this request. {@link AuthenticationFilter} gives it the credentials before anything else runs; they
 * are looked up when somebody asks for the first time, so that what asks nobody to sign in works without a database.
 */
@RequestScoped
public class Identity {

  @Inject @Nullable RequestAuthenticator authenticator;
  private Credentials credentials = Credentials.NONE;
  private @Nullable Caller caller;
  private String address = "";
  private String requestId = "";
  private boolean begun;
  private boolean isLookedUp;
  private boolean mayListen;

  protected void begin(String address, String requestId, Credentials credentials) {
    this.begun = true;
    this.address = address;
    this.requestId = requestId;
    this.credentials = credentials;
  }

  /** Somebody has just signed in. */
  protected void become(Caller newCaller) {
    caller = newCaller;
    isLookedUp = true;
  }

  public boolean isSignedIn() {
    return caller().isPresent();
  }

  /**
   * Who is asking; empty when nobody has signed in. Whoever asks again after the look-up failed is told that nobody has:
   * a page that tells of the failure must not fail too.
   *
   * @throws SignInRequired at the first call, for a token that is not valid
   */
  public Optional<Caller> caller() {
    if (!isLookedUp && authenticator != null) {
      isLookedUp = true;
      caller = authenticator.authenticate(credentials, address).orElse(null);
    }
    return Optional.ofNullable(caller);
  }

  /**
   * Who is asking.
   *
   * @throws SignInRequired when nobody has signed in
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

  /** Where the request comes from, as far as the proxy in front is to be believed; empty outside of requests. */
  public String address() {
    return address;
  }

  /** The id that answers carry as {@code X-Request-ID}; empty outside of requests. */
  public String requestId() {
    return requestId;
  }

  /** False for work that no request asked for, such as jobs. */
  protected boolean isOfRequest() {
    return begun;
  }

  /** {@link SocketFilter} has let this request open a socket. */
  protected void allowListening() {
    mayListen = true;
  }

  /** Who opens a socket; empty for a handshake that did not come through {@link SocketFilter}. */
  protected Optional<Caller> listener() {
    return mayListen ? caller() : Optional.empty();
  }
}
