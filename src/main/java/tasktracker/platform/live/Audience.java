package tasktracker.platform.live;

/** Who may hear a topic: those who may ask for the same over REST. Each includes the ones after it. */
public enum Audience {
  READERS, REVIEWERS, ADMINISTRATORS
}
