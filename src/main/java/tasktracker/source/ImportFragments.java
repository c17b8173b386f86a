package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.web.template.Templates;

/** Updates open pages of imports: the progress, and a toast when an import is completed. */
@ApplicationScoped
public class ImportFragments implements Fragment {

  private final ImportStore store;
  private final Templates templates;

  @Inject
  public ImportFragments(ImportStore store, Templates templates) {
    this.store = store;
    this.templates = templates;
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.INGESTION_STARTED, Event.INGESTION_PROGRESS, Event.INGESTION_COMPLETED, Event.INGESTION_FAILED);
  }

  /** One for each import and status: updates of the same status may be skipped, but the final status must be shown. */
  @Override
  public String key(LiveEvent event) {
    return event.data().getString("job_id", "") + event.data().getString("status", "");
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    boolean isCompleted = event.data().getString("status", "").equals("completed");
    return store.find(UUID.fromString(event.data().getString("job_id"))).map(i -> html(i, isCompleted, locale)).orElse("");
  }

  private String html(ImportView i, boolean isCompleted, Locale locale) {
    Map<String, Object> model = new HashMap<>(Map.of("i", i, "toast", isCompleted));
    store.findProgress(i.id()).ifPresent(read -> model.put("read", read));
    return templates.render("ingestion/_import", "pushed", locale, model);
  }
}
