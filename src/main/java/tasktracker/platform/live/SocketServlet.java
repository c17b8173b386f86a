package tasktracker.platform.live;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import tasktracker.platform.live.socket.SocketConnection;
import tasktracker.platform.live.socket.SocketHandler;
import tasktracker.platform.live.socket.SocketHandshake;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.problem.Problems;

/** Opens WebSockets for clients that the {@link SocketGuard} authorizes. */
abstract class SocketServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  /** The names of all topics together have 120 characters. */
  private static final int MAX_TOPICS_LENGTH = 400;

  @Inject private transient SocketGuard guard;
  @Inject private transient SubscriptionRouter router;
  @Inject private transient SocketSessions sessions;
  @Inject private transient ExecutorService tasks;

  /** Maximum size of a text message in bytes, summed over its fragments. */
  abstract int maxMessageBytes();

  abstract boolean wantsHtml();

  /** A text message was received from the client. */
  abstract void onMessage(SubscriptionRouter router, SocketClient client, String text);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
    try {
      SocketHandshake.check(request, response);
      open(request, response, guard.admit());
    } catch (Problem refused) {
      // Rethrown, it would be logged as a server error with a stack trace.
      refuse(refused, request, response);
    }
  }

  private void open(HttpServletRequest request, HttpServletResponse response, SocketGuard.Listener listener)
      throws IOException, ServletException {
    String topics = Optional.ofNullable(request.getParameter("topics")).orElse("");
    if (topics.length() > MAX_TOPICS_LENGTH) {
      throw Problem.badRequest("topics is longer than " + MAX_TOPICS_LENGTH + " characters.");
    }
    if (!sessions.hasRoomFor(listener)) {
      throw Problem.unavailable("Too many sockets are open. Close some, or try again later.");
    }
    SocketConnection connection = request.upgrade(SocketConnection.class);
    SocketClient client = new SocketClient(connection, listener, wantsHtml());
    connection.prepare(new Handler(client, topics, resumeSequence(request)), maxMessageBytes(), sessions.outgoing(), tasks);
    SocketHandshake.accept(request, response);
  }

  private static void refuse(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setStatus(problem.status());
    response.setContentType("application/problem+json");
    if (problem.retryAfterSeconds() != null) {
      response.setHeader("Retry-After", problem.retryAfterSeconds().toString());
    }
    String body = Json.jsonb().toJson(Problems.body(problem, request.getRequestURI()));
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }

  private static OptionalLong resumeSequence(HttpServletRequest request) {
    String seq = request.getParameter("resume");
    return seq != null && seq.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(seq)) : OptionalLong.empty();
  }

  private final class Handler implements SocketHandler {

    private final SocketClient client;
    private final String topics;
    private final OptionalLong resume;

    Handler(SocketClient client, String topics, OptionalLong resume) {
      this.client = client;
      this.topics = topics;
      this.resume = resume;
    }

    @Override
    public void open() {
      router.connect(client, topics, resume);
    }

    @Override
    public void text(String message) {
      onMessage(router, client, message);
    }

    @Override
    public void alive() {
      client.markAlive();
    }

    @Override
    public void ended(int code) {
      router.disconnect(client, code);
    }
  }
}
