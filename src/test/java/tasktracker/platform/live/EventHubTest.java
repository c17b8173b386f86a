package tasktracker.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;

/** Order of events, and catching up without a gap. */
class EventHubTest {

  private final EventHub hub = new EventHub();
  private final List<Long> received = new CopyOnWriteArrayList<>();

  @Test
  void anEventWaitsWhileAClientCatchesUpAndSubscribes() throws InterruptedException {
    hub.subscribe(event -> received.add(event.seq()));
    hub.deliver(event(1));
    var bus = new Thread(() -> hub.deliver(event(2)));
    hub.runBetweenEvents(() -> {
      bus.start();
      Await.until("the event waits", Duration.ofSeconds(10), () -> bus.getState() == Thread.State.BLOCKED);
      assertThat(received).containsExactly(1L);
    });
    bus.join(10_000);
    assertThat(received).containsExactly(1L, 2L);
  }

  @Test
  void anEventIsDeliveredOnce() {
    hub.subscribe(event -> received.add(event.seq()));
    hub.deliver(event(1));
    hub.deliver(event(1));
    assertThat(received).containsExactly(1L);
  }

  private static LiveEvent event(long seq) {
    return new LiveEvent(LiveTopic.Event.MESSAGE_NEW, seq, Instant.now(), Json.createObjectBuilder().build());
  }
}
