package tasktracker.task.review;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
import tasktracker.task.TaskFilter;
import tasktracker.task.TaskStore;
import tasktracker.task.analysis.AnalysisRuns;
import tasktracker.task.proposal.ProposalDecisions;
import tasktracker.task.proposal.ProposalDecisions.Decided;
import tasktracker.task.proposal.ProposalItem;
import tasktracker.task.proposal.ProposalQuote;
import tasktracker.task.proposal.ProposalStore;

/** Pages of proposals: the review list, single proposals, and decisions. */
@RequestScoped
@Path("/proposals")
@Produces(MediaType.TEXT_HTML)
public class ProposalsPage {

  private static final int CONTEXT_MESSAGES = 3;
  private static final int MAX_PROJECTS = 500;
  private static final int MAX_TARGETS = 200;
  private static final int MAX_BULK = 200;
  @Inject ProposalStore store;
  @Inject ProposalDecisions decisions;
  @Inject TaskStore tasks;
  @Inject ProjectStore projects;
  @Inject AnalysisRuns runs;
  @Inject Feed feed;
  @Inject Identity identity;

  /** The list, or only the part of it that {@code HX-Target} names. */
  @GET
  @QueryParameters(of = ProposalQuery.class)
  public View list(@BeanParam Query parameters, @HeaderParam("HX-Target") @Nullable String target) {
    ProposalList list = ProposalList.read(store, new ProposalQuery(parameters));
    if ("proposal-tabs".equals(target)) {
      return View.fragment("task/_proposals", "tabs", Map.of("list", list));
    }
    Map<String, Object> model = new HashMap<>(Map.of("list", list, "projects", projects.list(null, MAX_PROJECTS, 0), "reasons",
        ProposalItem.REASONS));
    if ("proposals".equals(target)) {
      return View.fragment("task/_proposals", "list", model);
    }
    runs.findActive().ifPresent(run -> model.put("run", run));
    return View.page("task/proposals", model);
  }

  /** One proposal with its quotes in their context, and the tasks that it can be merged into. */
  @GET
  @Path("{id}")
  public View show(@PathParam("id") UUID id) {
    ProposalItem proposal = find(id);
    return View.page("task/proposal", Map.of("proposal", proposal, "around", around(proposal), "reasons", ProposalItem.REASONS, "targets",
        proposal.isPending() ? tasks.list(TaskFilter.UNFINISHED, "newest", MAX_TARGETS, 0) : List.of()));
  }

  private ProposalItem find(UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.proposal")));
  }

  /** The card of a proposal, which replaces itself when somebody has decided. */
  @GET
  @Path("{id}/card")
  public View card(@PathParam("id") UUID id) {
    return View.fragment("task/_proposals", "card", Map.of("proposal", find(id), "reasons", ProposalItem.REASONS));
  }

  /** The messages around the main quote, to be read beside a card. */
  @GET
  @Path("{id}/context")
  public View context(@PathParam("id") UUID id) {
    ProposalItem proposal = find(id);
    return View.fragment("task/_proposals", "context", Map.of("proposal", proposal, "around", around(proposal)));
  }

  private List<MessageItem> around(ProposalItem proposal) {
    ProposalQuote quote = proposal.mainQuote();
    return quote == null
        ? List.of()
        : feed.previews().find(quote.messageId()).map(message -> feed.previews().findContext(message, CONTEXT_MESSAGES)).orElse(List.of());
  }

  /**
   * Decides about a proposal.
   *
   * @param reason why it is rejected: one of the usual reasons
   * @param text why it is rejected, in the person's own words; it stands before the reason
   * @param task the task that it is merged into
   * @param revision the revision that the person saw
   */
  @POST
  @Path("{id}/decision")
  @Allowed(Role.REVIEWER)
  public Response decide(@PathParam("id") UUID id, @FormParam("action") @DefaultValue("") String action,
      @FormParam("reason") @DefaultValue("") String reason, @FormParam("text") @DefaultValue("") String text,
      @FormParam("task") @Nullable UUID task, @FormParam("revision") @Nullable Integer revision,
      @HeaderParam("HX-Request") @Nullable String htmx) {
    try {
      Decided decision = switch (action) {
        case "approve" -> decisions.approve(id, revision, identity.name());
        case "reject" -> decisions.reject(id, text.isBlank() ? reason : text, revision, identity.name());
        case "merge" -> decisions.merge(id, required(task), revision, identity.name());
        default -> throw Problem.badRequest(LocalizedMessage.of("problem.proposal.action"));
      };
      return htmx == null
          ? Response.seeOther(URI.create("/proposals")).build()
          : Response.ok(View.fragment("task/_proposals", "decided", Map.of("proposal", find(id), "decision", decision.id()))).build();
    } catch (Problem problem) {
      if (htmx == null || problem.status() != 409) {
        throw problem;
      }
      return Response.status(409).entity(View.fragment("task/_proposals", "stale",
          Map.of("proposal", find(id), "problem", problem, "reasons", ProposalItem.REASONS))).build();
    }
  }

  private static UUID required(@Nullable UUID task) {
    if (task == null) {
      throw Problem.badRequest(LocalizedMessage.of("problem.proposal.target"));
    }
    return task;
  }

  /**
   * An outcome of a bulk action.
   *
   * @param outcome {@code applied}, {@code nothing} when it was decided so before, {@code refused}, or {@code missing}
   */
  public record Outcome(UUID id, String title, String outcome, @Nullable String problem) {}

  /** Shows what a bulk action would do. */
  @GET
  @Path("bulk")
  @Allowed(Role.REVIEWER)
  @QueryParameters(value = "action", repeatable = "id")
  public View confirm(@BeanParam Query query) {
    String action = query.one("action", Set.of("approve", "reject"), "approve");
    List<ProposalItem> chosen = store.find(ids(query.texts("id", 36)));
    if (chosen.isEmpty()) {
      throw Problem.badRequest(LocalizedMessage.of("problem.proposal.none_selected"));
    }
    return View.page("task/bulk", Map.of("proposals", chosen, "action", action, "concerned",
        chosen.stream().filter(ProposalItem::isPending).count(), "reasons", ProposalItem.REASONS));
  }

  private static List<UUID> ids(List<String> texts) {
    if (texts.size() > MAX_BULK) {
      throw Problem.badRequest(LocalizedMessage.of("problem.proposal.too_many", MAX_BULK));
    }
    try {
      return texts.stream().map(Query::uuid).distinct().toList();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.proposal.none_selected"));
    }
  }

  /**
   * Decides about the selected proposals one by one and tells the outcome of each.
   *
   * @param revisions the revision of each proposal as it was shown
   * @param reason why they are rejected
   */
  @POST
  @Path("bulk")
  @Allowed(Role.REVIEWER)
  public View bulk(@FormParam("id") List<String> ids, @FormParam("revision") List<Integer> revisions,
      @FormParam("action") @DefaultValue("") String action, @FormParam("reason") @DefaultValue("") String reason) {
    if (!action.equals("approve") && !action.equals("reject")) {
      throw Problem.badRequest(LocalizedMessage.of("problem.proposal.action"));
    }
    List<UUID> asked = ids(ids);
    Map<UUID, ProposalItem> found = store.find(asked).stream().collect(Collectors.toMap(ProposalItem::id, proposal -> proposal));
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      ProposalItem proposal = found.get(asked.get(i));
      outcomes.add(proposal == null
          ? new Outcome(asked.get(i), "", "missing", null)
          : decideOne(proposal, action.equals("approve") ? null : reason, revisions.size() == asked.size() ? revisions.get(i) : null));
    }
    return View.page("task/bulk-done", Map.of("outcomes", outcomes, "action", action));
  }

  /** Approves without a reason, rejects with one. */
  private Outcome decideOne(ProposalItem proposal, @Nullable String reason, @Nullable Integer seenRevision) {
    if (proposal.status().equals(reason == null ? "approved" : "rejected")) {
      return new Outcome(proposal.id(), proposal.title(), "nothing", null);
    }
    try {
      if (reason == null) {
        decisions.approve(proposal.id(), seenRevision, identity.name());
      } else {
        decisions.reject(proposal.id(), reason, seenRevision, identity.name());
      }
      return new Outcome(proposal.id(), proposal.title(), "applied", null);
    } catch (Problem problem) {
      return new Outcome(proposal.id(), proposal.title(), "refused", problem.detail());
    }
  }

  /** Undoes a decision: the proposal waits again, and the task that it became is gone. */
  @POST
  @Path("decisions/{id}/undo")
  @Allowed(Role.REVIEWER)
  public Response undo(@PathParam("id") UUID id, @HeaderParam("HX-Request") @Nullable String htmx) {
    UUID proposal = decisions.undo(id, identity.may(Role.ADMIN), identity.name());
    return htmx == null
        ? Response.seeOther(URI.create("/decisions")).build()
        : Response.ok(View.fragment("task/_proposals", "undone",
            Map.of("proposal", find(proposal), "reasons", ProposalItem.REASONS))).build();
  }
}
