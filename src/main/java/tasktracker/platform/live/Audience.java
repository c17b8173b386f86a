package tasktracker.platform.live;

/** Who may subscribe to a topic: the roles that may read the same data over REST. Each value includes the values after it. */
public enum Audience {
  READERS, REVIEWERS, ADMINISTRATORS
}
