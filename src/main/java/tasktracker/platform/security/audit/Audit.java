package tasktracker.platform.security.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.web.json.Json;

/** Writes the audit log. A row is part of the caller's transaction, so it is written if and only if the action is committed. */
@ApplicationScoped
public class Audit {

  /** The names of an account and its token may have 201 characters together; longer ones are truncated. */
  private static final int MAX_ACTOR_LENGTH = 200;

  private final Database database;
  private final Identity identity;

  @Inject
  public Audit(Database database, Identity identity) {
    this.database = database;
    this.identity = identity;
  }

  /**
   * Writes a row with the caller of the request as actor, or {@code system} outside of requests.
   *
   * @param action the action, lower-case words with dots: {@code account.role_changed}
   * @param subjectType the type of the resource: {@code account}
   * @param subjectId the id of the resource, or null for all of the type
   * @param details further data such as the values before and after; never secrets or texts of messages
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
      return identity.hasRequest() ? requestActor() : systemActor();
    } catch (ContextNotActiveException outsideOfRequests) {
      return systemActor();
    }
  }

  private Actor requestActor() {
    Optional<Caller> caller = identity.caller();
    return new Actor(caller.map(Caller::accountId).orElse(null), caller.map(Caller::name).map(Audit::truncate).orElse("anonymous"),
        caller.map(c -> c.how().wire()).orElse("anonymous"), identity.address(), identity.requestId());
  }

  private static String truncate(String name) {
    return name.codePointCount(0, name.length()) <= MAX_ACTOR_LENGTH
        ? name
        : name.substring(0, name.offsetByCodePoints(0, MAX_ACTOR_LENGTH));
  }

  private static Actor systemActor() {
    return new Actor(null, "system", "system", "", "");
  }
}
