package tasktracker.llm.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.web.template.Templates;

/** Updates the state of a provider on open pages. */
@ApplicationScoped
public class ProviderFragments implements Fragment {

  private final Providers providers;
  private final Templates templates;

  @Inject
  public ProviderFragments(Providers providers, Templates templates) {
    this.providers = providers;
    this.templates = templates;
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.PROVIDER_VALIDATION_UPDATE);
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return providers.find(UUID.fromString(event.data().getString("provider_id")), locale)
        .map(p -> templates.render("provider/_parts", "status", locale, Map.of("p", p))).orElse("");
  }
}
