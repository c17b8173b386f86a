package tasktracker.knowledge.extraction;

/** What starts extraction runs. At most one run of each scope is active. */
public enum RunTrigger {
  /** Enough new signals. */
  AUTO_THRESHOLD("auto_threshold", "live"),
  SCHEDULED("scheduled_task", "live"),
  /** A person or a program asked for it. */
  API("api_trigger", "request"),
  /** Imported messages, and those from before the product extracted knowledge. */
  HISTORY("history", "history");

  private final String wire;
  private final String scope;

  RunTrigger(String wire, String scope) {
    this.wire = wire;
    this.scope = scope;
  }

  public String wire() {
    return wire;
  }

  String scope() {
    return scope;
  }
}
