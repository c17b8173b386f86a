package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.web.Json;

/** Writes down who did what. A row is part of the caller's transaction: nothing is done unseen, nothing seen undone. */
@ApplicationScoped
public class Audit {

  /** Names of an account and its token may have 201 characters together. */
  private static final int LONGEST_ACTOR = 200;

  private final Database database;
  private final Identity identity;

  @SuppressWarnings("NullAway")
  protected Audit() {
    this(null, null); // for the container's proxy
  }

  @Inject
  public Audit(Database database, Identity identity) {
    this.database = database;
    this.identity = identity;
  }

  /**
   * Writes one row in the name of whoever asks; work that nobody asked for is the {@code system}'s.
   *
   * @param action what was done, lower case words with dots: {@code account.role_changed}
   * @param subjectType to what kind of thing: {@code account}
   * @param subjectId to which one, or null when it is the whole
   * @param details what else matters, such as the value before and after; never secrets, never texts of messages
   */
  public void record(String action, String subjectType, @Nullable Object subjectId, Map<String, ?> details) {
    Actor actor = actor();
    database.run(h -> h.createUpdate("""
            insert into audit (id, account_id, actor, how, action, subject_type, subject_id, details, address, request_id)
            values (:id, cast(:account as uuid), :actor, :how, :action, :type, :subject, cast(:details as jsonb),
                    nullif(:address, ''), nullif(:request, ''))""")
        .bind("id", Ids.next()).bindByType("account", actor.accountId(), UUID.class).bind("actor", actor.name())
        .bind("how", actor.how()).bind("action", action).bind("type", subjectType)
        .bind("subject", subjectId == null ? null : subjectId.toString()).bind("details", Json.jsonb().toJson(details))
        .bind("address", actor.address()).bind("request", actor.requestId()).execute());
  }

  private record Actor(@Nullable UUID accountId, String name, String how, String address, String requestId) {}

  private Actor actor() {
    try {
      return identity.isOfRequest() ? asking() : system();
    } catch (ContextNotActiveException outsideOfRequests) {
      return system();
    }
  }

  private Actor asking() {
    Optional<Caller> caller = identity.caller();
    return new Actor(caller.map(Caller::accountId).orElse(null), caller.map(Caller::name).map(Audit::cut).orElse("anonymous"),
        caller.map(c -> c.how().wire()).orElse("anonymous"), identity.address(), identity.requestId());
  }

  private static String cut(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_ACTOR ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST_ACTOR));
  }

  private static Actor system() {
    return new Actor(null, "system", "system", "", "");
  }
}
