package tasktracker.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.template.PageVariables;

/** Tells pages which project a message belongs to. */
@ApplicationScoped
public class ProjectVariables implements PageVariables {

  private final ProjectStore store;

  @Inject
  public ProjectVariables(ProjectStore store) {
    this.store = store;
  }

  /** The methods that templates call. */
  public record ProjectView(ProjectStore store) {

    /** The project of a message, or null. */
    public ProjectStore.@Nullable OfMessage ofMessage(UUID message) {
      return store.ofMessage(message).orElse(null);
    }
  }

  @Override
  public void addTo(Map<String, Object> model) {
    model.put("projectView", new ProjectView(store));
  }
}
