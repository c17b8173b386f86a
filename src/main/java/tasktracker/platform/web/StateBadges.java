package tasktracker.platform.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a state looks on every page: one table, so that {@code failed} is equally red for an import and for an attempt. */
public final class StateBadges {

  private static final StateBadge OTHER = new StateBadge("outline", "stop");
  private static final Map<String, StateBadge> BADGES = Map.ofEntries(
      Map.entry("completed", new StateBadge("ok", "check")), Map.entry("ok", new StateBadge("ok", "check")),
      Map.entry("registered", new StateBadge("ok", "check")), Map.entry("polling", new StateBadge("ok", "check")),
      Map.entry("all", new StateBadge("ok", "check")), Map.entry("works", new StateBadge("ok", "check")),
      Map.entry("active", new StateBadge("ok", "check")),
      Map.entry("failed", new StateBadge("bad", "alert")), Map.entry("dead", new StateBadge("bad", "alert")),
      Map.entry("lost", new StateBadge("bad", "alert")), Map.entry("bad", new StateBadge("bad", "alert")),
      Map.entry("none", new StateBadge("bad", "alert")), Map.entry("away", new StateBadge("bad", "alert")),
      Map.entry("warn", new StateBadge("warn", "alert")), Map.entry("some", new StateBadge("warn", "alert")),
      Map.entry("elsewhere", new StateBadge("warn", "info")), Map.entry("empty", new StateBadge("warn", "info")),
      Map.entry("unregistered", new StateBadge("warn", "info")), Map.entry("ready", new StateBadge("warn", "pause")),
      Map.entry("retryable", new StateBadge("warn", "refresh")), Map.entry("snoozed", new StateBadge("violet", "clock")),
      Map.entry("running", new StateBadge("info", "play")), Map.entry("uploading", new StateBadge("info", "import")),
      Map.entry("rehearsing", new StateBadge("info", "import")), Map.entry("pending", new StateBadge("info", "import")),
      Map.entry("undoing", new StateBadge("info", "undo")), Map.entry("undone", new StateBadge("neutral", "undo")),
      Map.entry("queued", new StateBadge("neutral", "more")), Map.entry("returned", new StateBadge("neutral", "refresh")),
      Map.entry("off", new StateBadge("neutral", "stop")), Map.entry("expired", new StateBadge("neutral", "clock")),
      Map.entry("revoked", new StateBadge("neutral", "stop")), Map.entry("unknown", new StateBadge("outline", "question")));

  /**
   * The look of a badge.
   *
   * @param kind its colours: {@code ok}, {@code bad}, {@code warn}, {@code info}, {@code violet}, {@code neutral} or {@code outline}
   * @param icon name of a symbol of the icon sheet
   */
  public record StateBadge(String kind, String icon) {}

  /** The badge of a state by its wire name; a plain outline when it is in no list. */
  public StateBadge of(@Nullable String state) {
    return state == null ? OTHER : BADGES.getOrDefault(state, OTHER);
  }
}
