package tasktracker.project;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Refreshes open lists of projects. */
@ApplicationScoped
public class ProjectFragments extends RefreshTrigger {

  public ProjectFragments() {
    super(Set.of(Event.PROJECT_CREATED, Event.PROJECT_UPDATED, Event.PROJECT_DELETED), "projects");
  }
}
