package tasktracker.ops.check;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.Translations;

/** API of checks and fixes, used by {@code bin/doctor}: reading for reviewers, changes for administrators. */
@RequestScoped
@Path("/api/v1/system")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class SystemResource {

  /** A check in English; {@code state} is ok, warn, bad or unknown. */
  public record Item(String id, String state, String name, String found, String means, String todo, String runbook,
      Evidence evidence, List<Fix> fixes) {}

  /** All checks, the worst first; {@code state} is the worst state. */
  public record Report(String state, List<Item> checks) {}

  /** The fix to apply. */
  public record Order(@Nullable String verb, @Nullable String target) {}

  /** Number of changes. */
  public record Done(int changed) {}

  @Inject CheckRunner runner;
  @Inject Fixes fixes;
  @Inject Translations translations;
  @Inject EffectiveSettings settings;

  @GET
  @Path("checks")
  public Report checks() {
    List<Finding> found = runner.findings();
    return new Report(found.isEmpty() ? CheckState.UNKNOWN.wire() : found.getFirst().state().wire(),
        found.stream().map(this::item).toList());
  }

  private Item item(Finding f) {
    String own = "system.check." + f.id() + ".";
    return new Item(f.id(), f.state().wire(), translate(own + "name"), translate(f.key(), f.figures().toArray()), translate(own + "means"),
        translate(own + "do"), "docs/runbook.md#" + f.anchor(), f.evidence(), f.fixes());
  }

  private String translate(String key, Object... figures) {
    return translations.of(Locale.ENGLISH, key, figures);
  }

  @GET
  @Path("settings")
  public List<EffectiveSettings.Setting> settings() {
    return settings.settings();
  }

  @POST
  @Path("fixes")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allowed(Role.ADMIN)
  public Done fix(@Nullable Order order) {
    if (order == null || order.verb() == null) {
      throw Problem.unprocessable("Name the fix: {\"verb\": \"tickets\", \"target\": \"\"}; each check lists its fixes.");
    }
    int changed = fixes.apply(order.verb(), Objects.requireNonNullElse(order.target(), ""));
    runner.invalidate();
    return new Done(changed);
  }
}
