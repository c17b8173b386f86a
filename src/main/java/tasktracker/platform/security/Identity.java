package tasktracker.platform.security;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/** Who is asking in this request. {@link Door} fills it in before anything else runs. */
@RequestScoped
public class Identity {

  private @Nullable Caller caller;
  private String csrfToken = "";
  private String address = "";
  private String requestId = "";
  private boolean entered;
  private boolean openToAll;

  protected void enter(String address, String requestId, boolean openToAll) {
    this.entered = true;
    this.address = address;
    this.requestId = requestId;
    this.openToAll = openToAll;
  }

  protected void become(@Nullable Caller caller, String csrfToken) {
    this.caller = caller;
    this.csrfToken = csrfToken;
  }

  public boolean isSignedIn() {
    return caller != null;
  }

  public Optional<Caller> caller() {
    return Optional.ofNullable(caller);
  }

  /**
   * Who is asking.
   *
   * @throws Problem 401 when nobody has signed in
   */
  public Caller required() {
    if (caller == null) {
      throw new Problem(401, "Sign in first", "This address is for people who have signed in and programs with a token.");
    }
    return caller;
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
    return caller != null && caller.role().includes(role);
  }

  /** What forms send back as {@code _csrf} and scripts as {@code X-CSRF-Token}; empty for programs. */
  public String csrfToken() {
    return csrfToken;
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
  protected boolean hasEntered() {
    return entered;
  }

  /** True when the address asks nobody to sign in. */
  protected boolean isOpenToAll() {
    return openToAll;
  }
}
