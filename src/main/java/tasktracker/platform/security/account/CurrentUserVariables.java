package tasktracker.platform.security.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.template.PageVariables;

/** Provides the current user to every page as {@code me}; null without a sign-in. */
@ApplicationScoped
public class CurrentUserVariables implements PageVariables {

  private final Identity identity;

  @Inject
  public CurrentUserVariables(Identity identity) {
    this.identity = identity;
  }

  /**
   * The current user.
   *
   * @param name display name
   * @param role wire name of the role
   */
  public record Me(String name, String role, boolean reviewer, boolean admin) {}

  @Override
  public void addTo(Map<String, Object> model) {
    identity.caller().ifPresent(c -> model.put("me",
        new Me(c.displayName(), c.role().wire(), c.role().includes(Role.REVIEWER), c.role() == Role.ADMIN)));
  }
}
