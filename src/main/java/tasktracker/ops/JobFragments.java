package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;
import tasktracker.platform.web.template.Templates;

/** Live fragments of jobs: progress bars, state changes, and refreshes of counts. */
@ApplicationScoped
public class JobFragments implements Fragment {

  private final Templates templates;
  private final JobCountVariables counts;

  @Inject
  public JobFragments(Templates templates, JobCountVariables counts) {
    this.templates = templates;
    this.counts = counts;
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.JOB_CHANGED, Event.JOB_PROGRESS);
  }

  @Override
  public String key(LiveEvent event) {
    return event.event() + event.data().getString("id", "");
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    JsonObject data = event.data();
    return event.event() == Event.JOB_PROGRESS
        ? templates.render("jobs/_parts", "bar", locale, Map.of("id", data.getString("id"), "done", number(data, "done"),
            "total", number(data, "total"), "label", label(data), "pushed", true))
        : templates.render("jobs/_parts", "state", locale, Map.of("id", data.getString("id"), "state", data.getString("state"),
            "pushed", true)) + renderCounts(locale) + RefreshTrigger.of("job-queues", "job-running", "job-now-" + data.getString("id"));
  }

  private static String label(JsonObject data) {
    String note = data.getString("note", "");
    return note.isEmpty() ? data.getString("kind") : data.getString("kind") + " · " + note;
  }

  private String renderCounts(Locale locale) {
    return templates.render("jobs/_parts", "chip", locale, Map.of("running", counts.current()));
  }

  private static long number(JsonObject data, String name) {
    return data.containsKey(name) && !data.isNull(name) ? data.getJsonNumber(name).longValue() : 0;
  }
}
