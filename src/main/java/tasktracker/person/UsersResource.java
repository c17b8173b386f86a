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
import tasktracker.platform.security.Audit;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Query;
import tasktracker.platform.web.QueryParameters;

/** People who speak in the chats, for programs. */
@RequestScoped
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {

  /** A person to be made. */
  public record NewPerson(@Nullable String firstName, @Nullable String lastName, @Nullable String email, @Nullable String phone) {}

  /** The Telegram account to be tied to a person. */
  public record TelegramLink(@Nullable Long telegramUserId) {}

  /** In characters, as the table has it. */
  private static final int LONGEST_NAME = 200;
  /** RFC 5321 allows no longer address. */
  private static final int LONGEST_EMAIL = 254;
  private @Nullable Database database;
  private @Nullable Audit audit;

  protected UsersResource() {}

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

  private static void requireShort(String field, @Nullable String value, int longest) {
    if (value != null && value.length() > longest) {
      throw Problem.unprocessable("The field " + field + " must be a text of at most " + longest + " characters.");
    }
  }

  @POST
  @Transactional
  public Response add(@Nullable NewPerson asked) {
    if (asked == null || asked.firstName() == null || asked.firstName().isBlank() || asked.firstName().length() > 100) {
      throw Problem.unprocessable("The field first_name must be a text of 1 to 100 characters.");
    }
    if (asked.phone() != null && !asked.phone().matches("\\+?[1-9][0-9]{1,14}")) {
      throw Problem.unprocessable("The field phone must be an international number such as +380501234567.");
    }
    requireShort("last_name", asked.lastName(), LONGEST_NAME);
    requireShort("email", asked.email(), LONGEST_EMAIL);
    UUID id = Ids.next();
    int made = database.ask(sql -> sql.createUpdate("""
            insert into person (id, first_name, last_name, email, phone)
            values (:id, :firstName, :lastName, :email, :phone) on conflict do nothing""")
        .bind("id", id).bindMethods(asked).execute());
    if (made == 0) {
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

  /** Ties a Telegram account that was heard before to a person who has none. */
  @POST
  @Path("{id}/link-telegram")
  @Transactional
  public Response link(@PathParam("id") UUID id, @Nullable TelegramLink asked) {
    one(id);
    if (asked == null || asked.telegramUserId() == null) {
      throw Problem.unprocessable("The field telegram_user_id must be a number.");
    }
    TelegramProfile known = profile("telegram_user_id", asked.telegramUserId())
        .orElseThrow(() -> Problem.notFound("Telegram account with this id; it is known once it has written something"));
    if (!known.userId().equals(id)) {
      moveOrRefuse(known, id);
      audit.record("person.telegram_linked", "person", id, Map.of("telegram_profile", known.id()));
    }
    return Response.status(201).entity(telegramProfile(id)).build();
  }

  /** Somebody else may have linked the person since it was looked at. */
  private void moveOrRefuse(TelegramProfile profile, UUID to) {
    if (profile("person_id", to).isPresent() || hasSpoken(profile.userId())) {
      throw linkedAlready();
    }
    try {
      move(profile, to);
    } catch (RuntimeException failure) {
      throw UniqueViolation.isIn(failure) ? linkedAlready() : failure;
    }
  }

  private static Problem linkedAlready() {
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

  private boolean hasSpoken(UUID person) {
    return database.ask(sql -> sql.createQuery("select exists (select from message where author_id = :person)")
        .bind("person", person).mapTo(Boolean.class).one());
  }
}
