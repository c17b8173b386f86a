package tasktracker.scoring.noise;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.web.CachedValue;
import tasktracker.platform.web.template.PageVariables;
import tasktracker.platform.web.template.Templates;
import tasktracker.scoring.ScoringBacklog;

/**
 * The number of unscored messages in the menu. It is updated on job events, which reviewers receive, and on score events,
 * which readers receive. The number comes from counters that database triggers maintain.
 */
@ApplicationScoped
public class UnscoredMenuCount implements PageVariables, Fragment {

  private final CachedValue<Long> unscored;
  private final Templates templates;

  @Inject
  public UnscoredMenuCount(ScoringBacklog backlog, Templates templates) {
    this.unscored = new CachedValue<>(0L, backlog::countUnscored);
    this.templates = templates;
  }

  @Override
  public void addTo(Map<String, Object> model) {
    model.put("toScore", unscored.get());
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.JOB_CHANGED, Event.JOB_PROGRESS, Event.MESSAGE_SCORED, Event.BATCH_SCORED);
  }

  @Override
  public String key(LiveEvent event) {
    return "unscored";
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return templates.render("_nav", "unscored", locale, Map.of("toScore", unscored.get()));
  }
}
