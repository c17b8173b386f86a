package tasktracker.knowledge.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.version.DecisionList;
import tasktracker.knowledge.version.Decisions;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.template.View;

/** What a person has decided in the last 24 hours, and undoing it. */
@RequestScoped
@Path("/decisions")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class DecisionsPage {

  private static final int MAX_LISTED = 500;
  @Inject Decisions decisions;
  @Inject
  @Any Instance<DecisionList> lists;
  @Inject AtomStore atoms;
  @Inject Identity identity;
  @Inject Clock clock;

  @GET
  public View list() {
    Instant since = clock.instant().minus(Duration.ofHours(24));
    return View.page("knowledge/decisions", Map.of("decisions", lists.stream()
        .flatMap(list -> list.listed(identity.name(), since, MAX_LISTED).stream())
        .sorted(Comparator.comparing(DecisionList.Listed::decidedAt).reversed()).limit(MAX_LISTED).toList()));
  }

  @POST
  @Path("{id}/undo")
  public Response undo(@PathParam("id") UUID id, @HeaderParam("HX-Request") @Nullable String htmx) {
    Decisions.Item undone = decisions.undo(id, identity.may(Role.ADMIN), identity.name());
    AtomItem atom = undone.entityType().equals("atom") ? atoms.find(undone.entityId()).orElse(null) : null;
    return htmx == null || atom == null
        ? Response.seeOther(URI.create("/decisions")).build()
        : Response.ok(View.fragment("knowledge/_atoms", "undone", Map.of("atom", atom))).build();
  }
}
