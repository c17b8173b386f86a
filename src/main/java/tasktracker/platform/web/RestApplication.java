package tasktracker.platform.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Pages and API below one root; {@code /assets}, {@code /health} and the sockets are served separately. */
@ApplicationPath("/")
public class RestApplication extends Application {}
