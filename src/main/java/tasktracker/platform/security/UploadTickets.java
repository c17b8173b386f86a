package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tasktracker.platform.data.Database;

/**
 * One-time addresses for uploads by plain forms.
 *
 * <p>A form without scripts can send its CSRF token only inside the body, and a body of a gigabyte is not to be
 * searched for one. So the page that shows the form asks for a ticket and puts it at the end of the form's address:
 * {@code <form method="post" enctype="multipart/form-data" th:action="@{/ingestion/upload/{t}(t=${ticket})}">}. It is
 * good once, for two hours, and only in the session it was issued to; {@link Door} takes it before anything is read.
 */
@ApplicationScoped
public class UploadTickets {

  private static final Pattern ADDRESS = Pattern.compile(".*/upload/([A-Za-z0-9_-]{43})");

  private final Database database;
  private final Identity identity;

  @SuppressWarnings("NullAway")
  protected UploadTickets() {
    this(null, null); // for the container's proxy
  }

  @Inject
  public UploadTickets(Database database, Identity identity) {
    this.database = database;
    this.identity = identity;
  }

  /**
   * A new ticket for whoever asks.
   *
   * @throws tasktracker.platform.web.Problem 401 when nobody has signed in
   */
  public String issue() {
    String ticket = Secrets.random();
    UUID session = identity.required().credentialId();
    database.run(h -> h.createUpdate("""
            insert into upload_ticket (ticket_hash, session_id, expires_at)
            select :hash, id, now() + interval '2 hours' from session where id = :session""")
        .bind("hash", Secrets.hash(ticket)).bind("session", session).execute());
    return ticket;
  }

  /** True when the request is an upload to an address with a good ticket, which is used up by this. */
  protected boolean redeem(HttpServletRequest request, Identity asking) {
    Matcher address = ADDRESS.matcher(request.getRequestURI());
    Optional<UUID> session = asking.caller().map(Caller::credentialId);
    return FormBody.mediaType(request).equals("multipart/form-data") && address.matches() && session.isPresent()
        && redeem(address.group(1), session.get());
  }

  private boolean redeem(String ticket, UUID session) {
    return database.ask(h -> h.createUpdate(
            "delete from upload_ticket where ticket_hash = :hash and session_id = :session and expires_at > now()")
        .bind("hash", Secrets.hash(ticket)).bind("session", session).execute()) == 1;
  }
}
