package tasktracker.person;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.UniqueViolation;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** API of people. */
@RequestScoped
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {

  /** A person to create. */
  public record NewPerson(@Nullable String firstName, @Nullable String lastName, @Nullable String email, @Nullable String phone) {}

  /** The Telegram account to link to a person. */
  public record TelegramLink(@Nullable Long telegramUserId) {}

  /** In characters, as in the table. */
  private static final int MAX_NAME_LENGTH = 200;
  /** Maximum length of an address by RFC 5321. */
  private static final int MAX_EMAIL_LENGTH = 254;
  private final Database database;
  private final Audit audit;

  @Inject
  public UsersResource(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  @GET
  @QueryParameters({"limit", "skip"})
  public List<Person> list(@BeanParam Query query) {
    return database.ask(sql -> sql.createQuery(Person.SELECT + "order by p.created_at desc, p.id desc limit :limit offset :skip")
        .bind("limit", query.number("limit", 100, 1, 1000)).bind("skip", query.number("skip", 0, 0, 1_000_000))
        .map(Database.to(Person.class)).list());
  }

  @GET
  @Path("{id}")
  public Person one(@PathParam("id") UUID id) {
    return database.ask(sql -> sql.createQuery(Person.SELECT + "where p.id = :id").bind("id", id)
        .map(Database.to(Person.class)).findOne()).orElseThrow(() -> Problem.notFound("user with this id"));
  }

  private static void requireShort(String field, @Nullable String value, int maxLength) {
    if (value != null && value.length() > maxLength) {
      throw Problem.unprocessable("The field " + field + " must be a text of at most " + maxLength + " characters.");
    }
  }

  @POST
  @Transactional
  @ResponseType(status = 201, value = Person.class)
  public Response add(@Nullable NewPerson request) {
    if (request == null || request.firstName() == null || request.firstName().isBlank() || request.firstName().length() > 100) {
      throw Problem.unprocessable("The field first_name must be a text of 1 to 100 characters.");
    }
    if (request.phone() != null && !request.phone().matches("\\+?[1-9][0-9]{1,14}")) {
      throw Problem.unprocessable("The field phone must be an international number such as +380501234567.");
    }
    requireShort("last_name", request.lastName(), MAX_NAME_LENGTH);
    requireShort("email", request.email(), MAX_EMAIL_LENGTH);
    UUID id = Ids.next();
    int inserted = database.ask(sql -> sql.createUpdate("""
            insert into person (id, first_name, last_name, email, phone)
            values (:id, :firstName, :lastName, :email, :phone) on conflict do nothing""")
        .bind("id", id).bindMethods(request).execute());
    if (inserted == 0) {
      throw Problem.conflict("Another user already has this email or phone.");
    }
    audit.record("person.added", "person", id, Map.of());
    return Response.status(201).entity(one(id)).build();
  }

  @GET
  @Path("{id}/telegram-profile")
  public TelegramProfile telegramProfile(@PathParam("id") UUID id) {
    return profile("person_id", id).orElseThrow(() -> Problem.notFound("Telegram profile of this user"));
  }

  private Optional<TelegramProfile> profile(String column, Object value) {
    return database.ask(sql -> sql.createQuery(TelegramProfile.SELECT + "where " + column + " = :value").bind("value", value)
        .map(Database.to(TelegramProfile.class)).findOne());
  }

  /** Links a known Telegram account to a person without one. */
  @POST
  @Path("{id}/link-telegram")
  @Transactional
  @ResponseType(status = 201, value = TelegramProfile.class)
  public Response link(@PathParam("id") UUID id, @Nullable TelegramLink request) {
    one(id);
    if (request == null || request.telegramUserId() == null) {
      throw Problem.unprocessable("The field telegram_user_id must be a number.");
    }
    TelegramProfile known = profile("telegram_user_id", request.telegramUserId())
        .orElseThrow(() -> Problem.notFound("Telegram account with this id; it is known once it has written a message"));
    if (!known.userId().equals(id)) {
      moveOrFail(known, id);
      audit.record("person.telegram_linked", "person", id, Map.of("telegram_profile", known.id()));
    }
    return Response.status(201).entity(telegramProfile(id)).build();
  }

  /** Moves the account; a concurrent request may have linked the person meanwhile. */
  private void moveOrFail(TelegramProfile profile, UUID to) {
    if (profile("person_id", to).isPresent() || hasMessages(profile.userId())) {
      throw alreadyLinked();
    }
    try {
      move(profile, to);
    } catch (RuntimeException failure) {
      throw UniqueViolation.isIn(failure) ? alreadyLinked() : failure;
    }
  }

  private static Problem alreadyLinked() {
    return Problem.conflict("This Telegram account or this user is already linked.");
  }

  private void move(TelegramProfile profile, UUID to) {
    database.run(sql -> {
      sql.createUpdate("update telegram_profile set person_id = :to, updated_at = now() where id = :id")
          .bind("to", to).bind("id", profile.id()).execute();
      sql.createUpdate("update speaker set person_id = :to where person_id = :from")
          .bind("to", to).bind("from", profile.userId()).execute();
    });
  }

  private boolean hasMessages(UUID person) {
    return database.ask(sql -> sql.createQuery("select exists (select from message where author_id = :person)")
        .bind("person", person).mapTo(Boolean.class).one());
  }
}
