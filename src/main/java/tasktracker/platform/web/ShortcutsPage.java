package tasktracker.platform.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import tasktracker.platform.web.template.View;

/** The list of keyboard shortcuts, loaded into its dialog when somebody opens it. */
@Path("/shortcuts")
public class ShortcutsPage {

  private static final List<Shortcut> SHORTCUTS = List.of(shortcut("search", "Ctrl", "K"), shortcut("search", "/"), shortcut("help", "?"),
      shortcut("move", "j", "k"), shortcut("open", "o", "Enter"), shortcut("select", "x"), shortcut("back", "Esc"),
      shortcut("neighbours", "[", "]"), shortcut("signal", "1"), shortcut("noise", "2"), shortcut("spam", "3"),
      shortcut("overview", "g", "o"), shortcut("messages", "g", "m"), shortcut("find", "g", "s"), shortcut("ingestion", "g", "i"),
      shortcut("noisepage", "g", "n"), shortcut("jobs", "g", "j"), shortcut("proposals", "g", "p"), shortcut("tasks", "g", "k"),
      shortcut("analysis", "g", "r"), shortcut("atoms", "g", "a"), shortcut("topics", "g", "t"),
      shortcut("versions", "g", "v"), shortcut("approve", "a", "1"), shortcut("merge", "m", "2"), shortcut("reject", "r", "3"),
      shortcut("evidence", "e"),
      shortcut("undo", "z"));

  /** A line of the list: keys, and the last part of the key of the words that tell what they do. */
  public record Shortcut(String action, List<String> keys) {}

  private static Shortcut shortcut(String action, String... keys) {
    return new Shortcut(action, List.of(keys));
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public View list() {
    return View.fragment("_shell", "shortcuts", Map.of("shortcuts", SHORTCUTS));
  }
}
