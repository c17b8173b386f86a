package tasktracker.scoring.policy;

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
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;

/**
 * The page of thresholds and weights: those in force and those of the environment, a preview of others for everybody, and
 * for administrators saving, the former ones, and a reset to the environment.
 */
@RequestScoped
@Path("/noise-filtering/policy")
@QueryParameters({"noise", "signal", "floor", "ceiling", "content", "author", "temporal", "topics"})
@Produces(MediaType.TEXT_HTML)
public class ScoringPolicyPage {

  private static final String SEEN = "seen";
  @Inject ScoringPolicyUpdater policies;
  @Inject ScoringConfig config;
  @Inject ThresholdPreview preview;
  @Inject Identity identity;

  /** Renders the page, or only the preview that is named by {@code HX-Target}. */
  @GET
  @RateLimited(RateLimits.Limit.SEARCH)
  public View show(@BeanParam Query query, @HeaderParam("HX-Target") @Nullable String target) {
    List<PolicyVersion> history = policies.history();
    PolicyForm form = PolicyForm.of(query, history.getFirst().policy());
    Map<String, Object> model = model(history, form);
    return "what-if".equals(target) ? View.fragment("noise/policy", "outcome", model) : View.page("noise/policy", model);
  }

  private Map<String, Object> model(List<PolicyVersion> history, PolicyForm form) {
    ScoringPolicy inForce = history.getFirst().policy();
    Map<String, Object> model = new HashMap<>(Map.of("current", history.getFirst(), "history", history,
        "rows", form.rows(inForce, config.environment()), "differs", !inForce.equals(config.environment())));
    Optional<ScoringPolicy> typed = form.policy();
    model.put("invalid", typed.isEmpty());
    typed.filter(policy -> form.isAsked()).ifPresent(policy -> model.put("outcome", preview.preview(policy)));
    return model;
  }

  /** Saves the policy of the form. */
  @POST
  @Allowed(Role.ADMIN)
  public Response save(MultivaluedMap<String, String> fields) {
    Query query = new Query(new MultivaluedHashMap<>(fields));
    List<PolicyVersion> history = policies.history();
    PolicyForm form = PolicyForm.of(query, history.getFirst().policy());
    Optional<ScoringPolicy> policy = form.policy();
    if (policy.isEmpty()) {
      return Response.status(422).entity(View.page("noise/policy", model(history, form))).build();
    }
    policies.save(policy.get(), query.number(SEEN, 0, 0, Integer.MAX_VALUE), identity.name());
    return redirect();
  }

  /** Applies the policy of the environment. */
  @POST
  @Path("environment")
  @Allowed(Role.ADMIN)
  public Response reset(@FormParam(SEEN) @DefaultValue("0") int seen) {
    policies.reset(seen, identity.name());
    return redirect();
  }

  /** Saves a former policy again. */
  @POST
  @Path("{generation}")
  @Allowed(Role.ADMIN)
  public Response restore(@PathParam("generation") int generation, @FormParam(SEEN) @DefaultValue("0") int seen) {
    policies.restore(generation, seen, identity.name());
    return redirect();
  }

  private static Response redirect() {
    return Response.seeOther(URI.create("/noise-filtering/policy")).build();
  }
}
