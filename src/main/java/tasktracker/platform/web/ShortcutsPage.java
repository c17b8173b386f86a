package tasktracker.platform.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import tasktracker.platform.web.template.View;

/** The list of keyboard shortcuts, loaded into its dialog when somebody opens it. */
@Path("/shortcuts")
public class ShortcutsPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public View list() {
    return View.fragment("_shell", "shortcuts", Map.of());
  }
}
