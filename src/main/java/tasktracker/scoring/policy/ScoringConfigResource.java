package tasktracker.scoring.policy;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.scoring.correction.Corrections;

/** REST endpoints for the thresholds and weights of this installation. */
@RequestScoped
@Path("/api/v1/config/scoring")
@Produces(MediaType.APPLICATION_JSON)
public class ScoringConfigResource {

  /** The weight of each factor. */
  public record Weights(double content, double author, double temporal, double topics) {}

  /**
   * The configuration of scoring and the number of active corrections.
   *
   * @param generation the number of the policy in force
   * @param origin {@code environment}, or {@code saved} by an administrator
   */
  public record Answer(double noiseThreshold, double signalThreshold, double contentFloor, double contentCeiling, Weights weights,
      long corrections, long generation, String origin) {}

  /**
   * A policy to save; a missing value is not changed.
   *
   * @param generation the policy that it changes; null for the one in force
   */
  public record Change(@Nullable Double noiseThreshold, @Nullable Double signalThreshold, @Nullable Double contentFloor,
      @Nullable Double contentCeiling, @Nullable Weights weights, @Nullable Long generation) {

    ScoringPolicy appliedTo(ScoringPolicy p) {
      Weights w = weights == null ? new Weights(p.content(), p.author(), p.temporal(), p.topics()) : weights;
      return new ScoringPolicy(or(noiseThreshold, p.noise()), or(signalThreshold, p.signal()), or(contentFloor, p.contentFloor()),
          or(contentCeiling, p.contentCeiling()), w.content, w.author, w.temporal, w.topics);
    }

    private static double or(@Nullable Double given, double current) {
      return given == null ? current : given;
    }
  }

  @Inject ScoringPolicyUpdater policies;
  @Inject ScoringPolicyStore store;
  @Inject Corrections corrections;
  @Inject Identity identity;

  @GET
  public Answer scoring() {
    PolicyVersion current = store.getCurrent();
    ScoringPolicy w = current.policy();
    return new Answer(w.noise(), w.signal(), w.contentFloor(), w.contentCeiling(),
        new Weights(w.content(), w.author(), w.temporal(), w.topics()), corrections.count(), current.generation(), current.origin());
  }

  /** Saves thresholds and weights, which then stand above the environment. */
  @PUT
  @Allowed(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_JSON)
  public Answer save(@Nullable Change body) {
    Change change = RequestReader.body(body);
    PolicyVersion current = store.getCurrent();
    policies.save(apply(change, current.policy()), change.generation() == null ? current.generation() : change.generation(),
        identity.name());
    return scoring();
  }

  private static ScoringPolicy apply(Change change, ScoringPolicy current) {
    try {
      return change.appliedTo(current);
    } catch (IllegalArgumentException invalid) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.policy.invalid"));
    }
  }

  /** Applies the policy of the environment. */
  @DELETE
  @Allowed(Role.ADMIN)
  public Answer reset() {
    policies.reset(store.getCurrent().generation(), identity.name());
    return scoring();
  }
}
