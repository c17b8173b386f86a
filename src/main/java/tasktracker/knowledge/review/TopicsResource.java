package tasktracker.knowledge.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomFilter;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.topic.TopicIcons;
import tasktracker.knowledge.topic.TopicItem;
import tasktracker.knowledge.topic.TopicMessages;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.knowledge.topic.Topics;
import tasktracker.knowledge.version.VersionedType;
import tasktracker.knowledge.version.Versions;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** API of topics. */
@RequestScoped
@Path("/api/v1/topics")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TopicsResource {

  private static final Map<String, Integer> DAYS = Map.of("today", 1, "yesterday", 2, "week", 7, "month", 30);
  @Inject TopicStore store;
  @Inject Topics topics;
  @Inject TopicMessages topicMessages;
  @Inject AtomStore atoms;
  @Inject Versions versions;
  @Inject Identity identity;
  @Inject Clock clock;

  /** A page of topics. */
  public record Page(List<TopicItem> items, long total, int page, int pageSize) {}

  /** Topics with recent messages. */
  public record Recent(List<TopicItem> items, long total) {}

  /** The icons to choose from. */
  public record Icons(Set<String> icons) {}

  /** A colour that fits a topic's icon. */
  public record SuggestedColor(UUID topicId, String suggestedColor, String icon) {}

  /** A topic to create, or the fields of it to change. */
  public record TopicInput(@Nullable String name, @Nullable String description, @Nullable String icon, @Nullable String color) {

    Map<String, String> fields() {
      Map<String, String> fields = new LinkedHashMap<>();
      put(fields, "name", name == null ? null : name.strip());
      put(fields, "description", description == null ? null : description.strip());
      put(fields, "icon", icon);
      put(fields, "color", color == null ? null : TopicIcons.parseColor(color));
      return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
      if (value != null) {
        fields.put(name, value);
      }
    }
  }

  @GET
  @QueryParameters({"limit", "skip", "search", "sort_by", "is_active", "project_id"})
  public Page list(@BeanParam Query query) {
    int limit = query.number("limit", 100, 1, 1000);
    int skip = query.number("skip", 0, 0, 1_000_000);
    String active = query.one("is_active", Set.of("true", "false"), "");
    TopicStore.Page found = store.list(query.text("search", 100), active.isEmpty() ? null : Boolean.valueOf(active),
        query.id("project_id"), query.one("sort_by", TopicStore.ORDERS.keySet(), "created_desc"), limit, skip);
    return new Page(found.items(), found.total(), skip / limit + 1, limit);
  }

  @POST
  @Allowed(Role.REVIEWER)
  @ResponseType(status = 201, value = TopicItem.class)
  public Response create(@Nullable TopicInput request) {
    if (request == null || request.name() == null) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.topic.name", 100));
    }
    UUID id = topics.create(request.name(), request.description() == null ? "" : request.description(), request.icon(), request.color(),
        identity.name());
    return Response.status(201).entity(one(id)).build();
  }

  @GET
  @Path("icons")
  public Icons icons() {
    return new Icons(TopicIcons.all());
  }

  /** Lists topics with messages of a period, the latest first. */
  @GET
  @Path("recent")
  @QueryParameters({"period", "start_date", "end_date", "limit"})
  public Recent recent(@BeanParam Query query) {
    String period = query.one("period", DAYS.keySet(), "");
    Instant from = query.from("start_date");
    Instant until = query.until("end_date");
    if (!period.isEmpty() && (from != null || until != null)) {
      throw Problem.badRequest("Give either period, or start_date and end_date.");
    }
    if (!period.isEmpty()) {
      Instant tomorrow = clock.instant().atZone(query.timeZone()).truncatedTo(ChronoUnit.DAYS).plusDays(1).toInstant();
      from = tomorrow.minus(Duration.ofDays(DAYS.getOrDefault(period, 1)));
      until = period.equals("yesterday") ? tomorrow.minus(Duration.ofDays(1)) : tomorrow;
    }
    List<TopicItem> found = store.recent(from, until, query.number("limit", 10, 1, 100));
    return new Recent(found, found.size());
  }

  @GET
  @Path("{id}")
  public TopicItem one(@PathParam("id") UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.topic")));
  }

  /** Changes a topic at once, as a version that its author approved. */
  @PATCH
  @Path("{id}")
  @Allowed(Role.REVIEWER)
  public TopicItem change(@PathParam("id") UUID id, @Nullable TopicInput request) {
    versions.edit(VersionedType.TOPIC, id, request == null ? Map.of() : request.fields(), identity.name());
    return one(id);
  }

  @PATCH
  @Path("{id}/archive")
  @Allowed(Role.REVIEWER)
  public TopicItem archive(@PathParam("id") UUID id) {
    topics.setActive(id, false);
    return one(id);
  }

  @PATCH
  @Path("{id}/restore")
  @Allowed(Role.REVIEWER)
  public TopicItem restore(@PathParam("id") UUID id) {
    topics.setActive(id, true);
    return one(id);
  }

  @GET
  @Path("{id}/suggest-color")
  public SuggestedColor suggestColor(@PathParam("id") UUID id) {
    TopicItem topic = one(id);
    String icon = TopicIcons.iconOf(topic.name() + " " + topic.description());
    return new SuggestedColor(id, TopicIcons.colorOf(icon), icon);
  }

  @GET
  @Path("{id}/atoms")
  @QueryParameters({"limit", "skip"})
  public List<AtomItem> atoms(@PathParam("id") UUID id, @BeanParam Query query) {
    one(id);
    return atoms.list(new AtomFilter(null, null, null, id, null, null, null, null), "newest", query.number("limit", 100, 1, 1000),
        query.number("skip", 0, 0, 1_000_000));
  }

  @GET
  @Path("{id}/messages")
  @QueryParameters({"limit", "skip"})
  public List<MessageItem> messages(@PathParam("id") UUID id, @BeanParam Query query) {
    one(id);
    return topicMessages.list(id, query.number("limit", 100, 1, 1000), query.number("skip", 0, 0, 1_000_000));
  }
}
