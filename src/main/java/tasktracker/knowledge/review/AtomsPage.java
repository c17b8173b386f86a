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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.atom.AtomFields;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.atom.Atoms;
import tasktracker.knowledge.atom.StaleAtom;
import tasktracker.knowledge.atom.EvidenceQuote;
import tasktracker.knowledge.extraction.ExtractionConfig;
import tasktracker.knowledge.extraction.ExtractionRuns;
import tasktracker.knowledge.extraction.RunTrigger;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.knowledge.version.Decisions;
import tasktracker.knowledge.version.Decisions.AtomAction;
import tasktracker.knowledge.version.VersionStore;
import tasktracker.knowledge.version.VersionedType;
import tasktracker.knowledge.version.Versions;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;
import tasktracker.project.ProjectStore;

/** Pages of atoms: the review list, single atoms, and decisions. */
@RequestScoped
@Path("/atoms")
@Produces(MediaType.TEXT_HTML)
public class AtomsPage {

  private static final int MAX_BULK = 200;
  private static final int MAX_PROJECTS = 500;
  private static final int CONTEXT_MESSAGES = 3;
  private static final Set<String> ACTIONS = Set.of("approve", "reject", "archive");
  @Inject AtomStore store;
  @Inject Atoms atoms;
  @Inject TopicStore topics;
  @Inject ProjectStore projects;
  @Inject Decisions decisions;
  @Inject Versions versions;
  @Inject VersionStore versionStore;
  @Inject ExtractionRuns runs;
  @Inject ExtractionConfig config;
  @Inject Feed feed;
  @Inject Identity identity;

  /** The list, or only the part of it that {@code HX-Target} names. */
  @GET
  @QueryParameters(of = AtomQuery.class)
  public View list(@BeanParam Query parameters, @HeaderParam("HX-Target") @Nullable String target) {
    AtomList list = AtomList.read(store, new AtomQuery(parameters));
    if ("atom-tabs".equals(target)) {
      return View.fragment("knowledge/_atoms", "tabs", Map.of("list", list));
    }
    Map<String, Object> model = new HashMap<>(Map.of("list", list, "threshold", config.threshold()));
    if ("atoms".equals(target)) {
      return View.fragment("knowledge/_atoms", "list", model);
    }
    model.putAll(Map.of("types", types(), "topicChoices", topics.choices(list.query().filter().topic()), "projects",
        projects.list(null, MAX_PROJECTS, 0)));
    runs.findActive(RunTrigger.HISTORY).or(() -> runs.findActive(RunTrigger.AUTO_THRESHOLD)).map(runs::find)
        .ifPresent(run -> model.put("run", run));
    return View.page("knowledge/atoms", model);
  }

  static List<String> types() {
    return Arrays.stream(AtomType.values()).map(AtomType::wire).toList();
  }

  /** The form for a new atom. */
  @GET
  @Path("new")
  @Allowed(Role.REVIEWER)
  public View blank() {
    return form(Map.of(), null);
  }

  private View form(Map<String, String> values, @Nullable Problem problem) {
    Map<String, Object> model = new HashMap<>(Map.of("types", types(), "topicChoices", topics.choices(null), "values", values));
    model.put("problem", problem);
    return View.page("knowledge/atom-new", model);
  }

  /** Creates an atom; the form keeps its input when something is not allowed. */
  @POST
  @Allowed(Role.REVIEWER)
  public Response create(@FormParam("type") @DefaultValue("") String type, @FormParam("title") @DefaultValue("") String title,
      @FormParam("content") @DefaultValue("") String content, @FormParam("topic") @DefaultValue("") String topic) {
    UUID chosen = chosenTopic(topic);
    Map<String, String> values = Map.of("type", type, "title", title, "content", content);
    try {
      if (chosen != null && topics.find(chosen).isEmpty()) {
        throw Problem.unprocessable(LocalizedMessage.of("problem.none.topic"));
      }
      UUID id = atoms.create(AtomFields.parse(values), true, identity.name());
      if (chosen != null) {
        atoms.addToTopic(id, chosen, null, null);
      }
      return Response.seeOther(URI.create("/atoms/" + id)).build();
    } catch (Problem problem) {
      return Response.status(problem.status()).entity(form(values, problem)).build();
    }
  }

  /** The id that was chosen from a list of topics; null for the empty choice. */
  static @Nullable UUID chosenTopic(String id) {
    try {
      return id.isEmpty() ? null : Query.uuid(id);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.none.topic"));
    }
  }

  /** One atom with its quotes in their context. */
  @GET
  @Path("{id}")
  public View show(@PathParam("id") UUID id) {
    AtomItem atom = find(id);
    return View.page("knowledge/atom", Map.of("atom", atom, "versions", versionStore.list(VersionedType.ATOM, id), "types", types(),
        "around", around(atom)));
  }

  private AtomItem find(UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.atom")));
  }

  /** The card of an atom, which replaces itself when somebody has decided. */
  @GET
  @Path("{id}/card")
  public View card(@PathParam("id") UUID id) {
    return View.fragment("knowledge/_atoms", "card", Map.of("atom", find(id)));
  }

  /** The messages around the main quote, to be read beside a card. */
  @GET
  @Path("{id}/context")
  public View context(@PathParam("id") UUID id) {
    AtomItem atom = find(id);
    return View.fragment("knowledge/_atoms", "context",
        Map.of("atom", atom, "around", around(atom)));
  }

  private List<MessageItem> around(AtomItem atom) {
    EvidenceQuote quote = atom.mainQuote();
    return quote == null
        ? List.of()
        : feed.previews().find(quote.messageId()).map(message -> feed.previews().findContext(message, CONTEXT_MESSAGES)).orElse(List.of());
  }

  /**
   * Decides about an atom.
   *
   * @param revision the revision that the person saw
   */
  @POST
  @Path("{id}/decision")
  @Allowed(Role.REVIEWER)
  public Response decide(@PathParam("id") UUID id, @FormParam("action") @DefaultValue("") String action,
      @FormParam("revision") @Nullable Integer revision, @HeaderParam("HX-Request") @Nullable String htmx) {
    AtomAction chosen = parseAction(action);
    try {
      UUID decision = decisions.decide(id, chosen, revision, identity.name());
      return htmx == null
          ? Response.seeOther(URI.create("/atoms")).build()
          : Response.ok(View.fragment("knowledge/_atoms", "decided", Map.of("atom", find(id), "decision", decision))).build();
    } catch (Problem problem) {
      if (htmx == null || problem.status() != 409) {
        throw problem;
      }
      return Response.status(409).entity(View.fragment("knowledge/_atoms", "stale", Map.of("atom", find(id), "problem", problem))).build();
    }
  }

  private static AtomAction parseAction(String wire) {
    return Arrays.stream(AtomAction.values()).filter(known -> known.wire().equals(wire)).findFirst()
        .orElseThrow(() -> Problem.badRequest(LocalizedMessage.of("problem.atom.action")));
  }

  /** Changes an atom; the change is a version that its author approved. */
  @POST
  @Path("{id}")
  @Allowed(Role.REVIEWER)
  public Response edit(@PathParam("id") UUID id, @FormParam("type") @DefaultValue("") String type,
      @FormParam("title") @DefaultValue("") String title, @FormParam("content") @DefaultValue("") String content) {
    Map<String, String> fields = new LinkedHashMap<>(Map.of("type", type, "title", title.strip(), "content", content.strip()));
    AtomFields.parse(fields);
    versions.edit(VersionedType.ATOM, id, fields, identity.name());
    return Response.seeOther(URI.create("/atoms/" + id)).build();
  }

  /**
   * An outcome of a bulk action.
   *
   * @param outcome {@code applied}, {@code nothing} when it was decided so before, {@code stale} when it was changed after it
   *     was shown, {@code refused}, or {@code missing}
   */
  public record Outcome(UUID id, String title, String outcome, @Nullable String problem) {}

  /** Shows what a bulk action would do. */
  @GET
  @Path("bulk")
  @Allowed(Role.REVIEWER)
  @QueryParameters(value = "action", repeatable = "id")
  public View confirm(@BeanParam Query query) {
    String action = query.one("action", ACTIONS, "approve");
    List<AtomItem> chosen = store.find(ids(query.texts("id", 36)));
    if (chosen.isEmpty()) {
      throw Problem.badRequest(LocalizedMessage.of("problem.atom.none_selected"));
    }
    return View.page("knowledge/bulk", Map.of("atoms", chosen, "action", action, "concerned",
        chosen.stream().filter(AtomItem::isPending).count()));
  }

  private static List<UUID> ids(List<String> texts) {
    if (texts.size() > MAX_BULK) {
      throw Problem.badRequest(LocalizedMessage.of("problem.atom.too_many", MAX_BULK));
    }
    try {
      return texts.stream().map(Query::uuid).distinct().toList();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.atom.none_selected"));
    }
  }

  /**
   * Decides about the selected atoms one by one and tells the outcome of each.
   *
   * @param revisions the revision of each atom as it was shown
   */
  @POST
  @Path("bulk")
  @Allowed(Role.REVIEWER)
  public View bulk(@FormParam("id") List<String> ids, @FormParam("revision") List<Integer> revisions,
      @FormParam("action") @DefaultValue("") String action) {
    AtomAction chosen = parseAction(action);
    List<UUID> asked = ids(ids);
    Map<UUID, AtomItem> found = store.find(asked).stream().collect(Collectors.toMap(AtomItem::id, atom -> atom));
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      AtomItem atom = found.get(asked.get(i));
      outcomes.add(atom == null
          ? new Outcome(asked.get(i), "", "missing", null)
          : decideOne(atom, chosen, revisions.size() == asked.size() ? revisions.get(i) : null));
    }
    return View.page("knowledge/bulk-done", Map.of("outcomes", outcomes, "action", action));
  }

  private Outcome decideOne(AtomItem atom, AtomAction action, @Nullable Integer seenRevision) {
    if (atom.status().equals(action.status())) {
      return new Outcome(atom.id(), atom.title(), "nothing", null);
    }
    try {
      decisions.decide(atom.id(), action, seenRevision, identity.name());
      return new Outcome(atom.id(), atom.title(), "applied", null);
    } catch (StaleAtom stale) {
      return new Outcome(atom.id(), atom.title(), "stale", stale.detail());
    } catch (Problem problem) {
      return new Outcome(atom.id(), atom.title(), "refused", problem.detail());
    }
  }
}
