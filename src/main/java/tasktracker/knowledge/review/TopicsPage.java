package tasktracker.knowledge.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomFilter;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.extraction.ExtractionConfig;
import tasktracker.knowledge.topic.TopicIcons;
import tasktracker.knowledge.topic.TopicItem;
import tasktracker.knowledge.topic.TopicMessages;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.knowledge.topic.Topics;
import tasktracker.knowledge.version.VersionStore;
import tasktracker.knowledge.version.VersionedType;
import tasktracker.knowledge.version.Versions;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;
import tasktracker.project.ProjectStore;

/** Pages of topics. */
@RequestScoped
@Path("/topics")
@Produces(MediaType.TEXT_HTML)
public class TopicsPage {

  private static final int PAGE_SIZE = 24;
  private static final int MAX_PAGE = 500;
  private static final int MAX_PROJECTS = 500;
  private static final int ATOMS_SHOWN = 200;
  private static final int MESSAGES_SHOWN = 20;
  @Inject TopicStore store;
  @Inject Topics topics;
  @Inject TopicMessages topicMessages;
  @Inject AtomStore atoms;
  @Inject Versions versions;
  @Inject VersionStore versionStore;
  @Inject ProjectStore projects;
  @Inject ExtractionConfig config;
  @Inject Identity identity;

  /** A page of the list: its query and its topics. */
  public record Listing(TopicStore.Page found, @Nullable String search, @Nullable UUID project, String sort, String state, String view,
      int page) {

    public boolean hasMore() {
      return (long) page * PAGE_SIZE < found.total();
    }

    public String previous() {
      return with("page", page - 1);
    }

    public String next() {
      return with("page", page + 1);
    }

    /** Whether nothing was asked for. */
    public boolean isWhole() {
      return search == null && project == null && state.equals("active");
    }

    /** The URL of this list with one parameter changed; the first page unless that is changed. */
    public String with(String name, Object value) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      parameters.put("search", search == null ? "" : search);
      parameters.put("project", project == null ? "" : project);
      parameters.put("sort_by", sort.equals("updated_desc") ? "" : sort);
      parameters.put("state", state.equals("active") ? "" : state);
      parameters.put("view", view.equals("grid") ? "" : view);
      parameters.put(name, value);
      StringBuilder address = new StringBuilder("/topics?");
      parameters.forEach((key, set) -> {
        if (!String.valueOf(set).isEmpty()) {
          address.append(key).append('=').append(java.net.URLEncoder.encode(String.valueOf(set), java.nio.charset.StandardCharsets.UTF_8))
              .append('&');
        }
      });
      return address.substring(0, address.length() - 1);
    }
  }

  @GET
  @QueryParameters({"search", "project", "sort_by", "state", "view", "page"})
  public View list(@BeanParam Query query, @HeaderParam("HX-Target") @Nullable String target) {
    String state = query.one("state", Set.of("active", "archived", "all"), "active");
    String sort = query.one("sort_by", TopicStore.ORDERS.keySet(), "updated_desc");
    int page = query.number("page", 1, 1, MAX_PAGE);
    String search = query.text("search", 100);
    UUID project = query.id("project");
    TopicStore.Page found = store.list(search, state.equals("all") ? null : Boolean.valueOf(state.equals("active")), project, sort,
        PAGE_SIZE, (page - 1) * PAGE_SIZE);
    Map<String, Object> model = new HashMap<>(Map.of("list",
        new Listing(found, search, project, sort, state, query.one("view", Set.of("grid", "list"), "grid"), page), "threshold",
        config.threshold()));
    if ("topics".equals(target)) {
      return View.fragment("knowledge/_topics", "list", model);
    }
    model.put("projects", projects.list(null, MAX_PROJECTS, 0));
    return View.page("knowledge/topics", model);
  }

  /** The form for a new topic. */
  @GET
  @Path("new")
  @Allowed(Role.REVIEWER)
  public View blank() {
    return form(Map.of(), null);
  }

  private static View form(Map<String, String> values, @Nullable Problem problem) {
    Map<String, Object> model = new HashMap<>(Map.of("values", values, "icons", TopicIcons.all()));
    model.put("problem", problem);
    return View.page("knowledge/topic-new", model);
  }

  @POST
  @Allowed(Role.REVIEWER)
  public Response create(@FormParam("name") @DefaultValue("") String name, @FormParam("description") @DefaultValue("") String description,
      @FormParam("icon") @Nullable String icon) {
    try {
      UUID id = topics.create(name, description, icon, null, identity.name());
      return Response.seeOther(URI.create("/topics/" + id)).build();
    } catch (Problem problem) {
      return Response.status(problem.status()).entity(form(Map.of("name", name, "description", description), problem)).build();
    }
  }

  /** One topic with its atoms by type and its latest messages. */
  @GET
  @Path("{id}")
  public View show(@PathParam("id") UUID id) {
    TopicItem topic = find(id);
    var found = atoms.list(new AtomFilter(null, null, null, id, null, null, null, null), "newest", ATOMS_SHOWN, 0).stream()
        .filter(atom -> !atom.status().equals("rejected")).toList();
    Map<String, java.util.List<AtomItem>> byType = new LinkedHashMap<>();
    AtomsPage.types().forEach(type -> {
      var of = found.stream().filter(atom -> atom.type().equals(type)).toList();
      if (!of.isEmpty()) {
        byType.put(type, of);
      }
    });
    return View.page("knowledge/topic", Map.of("topic", topic, "groups", byType, "messages", topicMessages.latest(id, MESSAGES_SHOWN),
        "versions", versionStore.list(VersionedType.TOPIC, id), "icons", TopicIcons.all()));
  }

  private TopicItem find(UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.topic")));
  }

  /** Changes a topic; the change is a version that its author approved. */
  @POST
  @Path("{id}")
  @Allowed(Role.REVIEWER)
  public Response edit(@PathParam("id") UUID id, @FormParam("name") @DefaultValue("") String name,
      @FormParam("description") @DefaultValue("") String description, @FormParam("icon") @DefaultValue("") String icon,
      @HeaderParam("HX-Request") @Nullable String htmx) {
    Map<String, String> fields = new LinkedHashMap<>(Map.of("name", name.strip(), "description", description.strip()));
    if (!icon.isBlank()) {
      fields.put("icon", icon);
      fields.put("color", TopicIcons.colorOf(icon));
    }
    versions.edit(VersionedType.TOPIC, id, fields, identity.name());
    return htmx == null
        ? Response.seeOther(URI.create("/topics/" + id)).build()
        : Response.ok(View.fragment("knowledge/_topics", "saved", Map.of("topic", find(id)))).build();
  }

  /** Archives the topic, or restores it. */
  @POST
  @Path("{id}/active")
  @Allowed(Role.REVIEWER)
  public Response setActive(@PathParam("id") UUID id, @FormParam("active") boolean isActive) {
    topics.setActive(id, isActive);
    return Response.seeOther(URI.create("/topics/" + id)).build();
  }

  /** The form that gives a message another topic, as a page or in place of the link to it. */
  @GET
  @Path("assign/{message}")
  @Allowed(Role.REVIEWER)
  public View chooseTopic(@PathParam("message") UUID message, @HeaderParam("HX-Request") @Nullable String htmx) {
    UUID present = store.ofMessage(message).map(TopicStore.Choice::id).orElse(null);
    Map<String, Object> model = new HashMap<>(Map.of("message", message, "choices", store.choices(present)));
    model.put("present", present);
    return htmx == null ? View.page("knowledge/topic-assign", model) : View.fragment("knowledge/_message", "choice", model);
  }

  /** Gives messages another topic, or none; no analyst changes that again. */
  @POST
  @Path("assign")
  @Allowed(Role.REVIEWER)
  public Response assign(@FormParam("message") @Nullable UUID message, @FormParam("topic") @DefaultValue("") String topic) {
    if (message == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.message"));
    }
    topicMessages.assign(java.util.List.of(message), AtomsPage.chosenTopic(topic), identity.name());
    return Response.seeOther(URI.create("/messages/" + message)).build();
  }
}
