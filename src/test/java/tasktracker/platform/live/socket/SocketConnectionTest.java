package tasktracker.platform.live.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A connection of a server that stops. */
class SocketConnectionTest {

  private final SocketConnection connection = new SocketConnection();

  private static SocketHandler handler() {
    return new SocketHandler() {
      @Override
      public void open() {}

      @Override
      public void text(String message) {}

      @Override
      public void alive() {}

      @Override
      public void ended(int code) {}
    };
  }

  @Test
  void aRefusedTaskEndsTheConnectionWithoutWaiting() {
    connection.prepare(handler(), 1000, new OutboxBudget(1 << 20), task -> {
      throw new RejectedExecutionException("The server is stopping");
    });
    connection.send(OutgoingFrame.text("news"));
    assertThat(connection.isFlushed()).isTrue();
    connection.close(CloseCode.SERVICE_RESTART, "The server is restarting");
    assertTimeoutPreemptively(Duration.ofSeconds(30), connection::destroy);
  }
}
