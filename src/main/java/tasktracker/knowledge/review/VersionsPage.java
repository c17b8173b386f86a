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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.version.Decisions;
import tasktracker.knowledge.version.VersionItem;
import tasktracker.knowledge.version.VersionStore;
import tasktracker.knowledge.version.VersionedType;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;

/** Pages of versions: what would change in topics and atoms, and decisions about it. */
@RequestScoped
@Path("/versions")
@Produces(MediaType.TEXT_HTML)
public class VersionsPage {

  private static final int PAGE_SIZE = 25;
  private static final int MAX_PAGE = 400;
  @Inject VersionStore store;
  @Inject Decisions decisions;
  @Inject Identity identity;

  /** A page of the list. */
  public record Listing(List<VersionItem> rows, Map<String, Long> counts, String status, String type, int page) {

    /** The number of versions of a status, or of all. */
    public long count(String of) {
      return of.equals("all") ? counts.values().stream().mapToLong(Long::longValue).sum() : counts.getOrDefault(of, 0L);
    }

    /** The key of the words of a count, which may be cut. */
    public String countKey(String of) {
      return count(of) >= VersionStore.COUNT_LIMIT ? "version.count.more" : "version.count";
    }

    public boolean hasMore() {
      return (long) page * PAGE_SIZE < count(status);
    }

    /** Whether new versions belong at the top of it. */
    public boolean isNewest() {
      return status.equals("pending") && page == 1;
    }

    /** The URL of this list. */
    public String here() {
      return address(status, type, page);
    }

    /** The URL of the list with another status, type or page. */
    public String address(String otherStatus, String otherType, int otherPage) {
      return "/versions?status=" + otherStatus + "&type=" + otherType + (otherPage == 1 ? "" : "&page=" + otherPage);
    }

    public String previous() {
      return address(status, type, page - 1);
    }

    public String next() {
      return address(status, type, page + 1);
    }

    public List<String> statuses() {
      return List.of("pending", "approved", "rejected", "all");
    }

    public List<String> types() {
      return List.of("all", "topic", "atom");
    }
  }

  @GET
  @QueryParameters({"status", "type", "page"})
  public View list(@BeanParam Query query, @HeaderParam("HX-Target") @Nullable String target) {
    String status = query.one("status", Set.of("pending", "approved", "rejected", "all"), "pending");
    String type = query.one("type", Set.of("all", "topic", "atom"), "all");
    int page = query.number("page", 1, 1, MAX_PAGE);
    String onlyStatus = status.equals("all") ? null : status;
    String onlyType = type.equals("all") ? null : type;
    Map<String, Object> model = Map.of("list", new Listing(store.list(onlyStatus, onlyType, PAGE_SIZE, (page - 1) * PAGE_SIZE),
        store.countByStatus(onlyType), status, type, page));
    return switch (target == null ? "" : target) {
      case "versions" -> View.fragment("knowledge/_versions", "list", model);
      case "version-tabs" -> View.fragment("knowledge/_versions", "tabs", model);
      default -> View.page("knowledge/versions", model);
    };
  }

  /** The card of a version, which replaces itself when somebody has decided. */
  @GET
  @Path("{id}/card")
  public View card(@PathParam("id") UUID id) {
    return View.fragment("knowledge/_versions", "card", Map.of("v", find(id)));
  }

  private VersionItem find(UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.version")));
  }

  /** One version with its difference. */
  @GET
  @Path("{type}/{id}/{number}")
  public View show(@PathParam("type") String type, @PathParam("id") UUID id, @PathParam("number") int number) {
    return View.page("knowledge/version", Map.of("version", store.find(VersionedType.of(type), id, number)
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.version")))));
  }

  /** @param stale whether the version is also applied to what was changed after it was made */
  @POST
  @Path("{id}/decision")
  @Allowed(Role.REVIEWER)
  public Response decide(@PathParam("id") UUID id, @FormParam("action") @DefaultValue("") String action,
      @FormParam("stale") boolean stale, @HeaderParam("HX-Request") @Nullable String htmx) {
    try {
      UUID decision = switch (action) {
        case "approve" -> decisions.approveVersion(id, stale, identity.name());
        case "reject" -> decisions.rejectVersion(id, identity.name());
        default -> throw Problem.badRequest(LocalizedMessage.of("problem.atom.action"));
      };
      return htmx == null ? Response.seeOther(URI.create("/versions")).build() : Response.ok(card(id, decision, null)).build();
    } catch (Problem problem) {
      if (htmx == null || problem.status() != 409) {
        throw problem;
      }
      return Response.status(409).entity(card(id, null, problem)).build();
    }
  }

  private View card(UUID id, @Nullable UUID decision, @Nullable Problem problem) {
    Map<String, Object> model = new HashMap<>(Map.of("version", find(id)));
    model.put("decision", decision);
    model.put("problem", problem);
    return View.fragment("knowledge/_versions", "decided", model);
  }
}
