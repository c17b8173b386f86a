package tasktracker.platform.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import tasktracker.platform.live.socket.Outbox;

/** Metrics of live updates on this node: open sockets, subscriptions, slow clients, latest event. */
@ApplicationScoped
public class LiveMeters {

  @Inject MeterRegistry meters;
  @Inject SocketSessions sessions;
  @Inject EventHub hub;

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    Gauge.builder("tasktracker.live.sockets", sessions, SocketSessions::count)
        .description("Open sockets on this node").register(meters);
    for (LiveTopic topic : LiveTopic.values()) {
      Gauge.builder("tasktracker.live.listeners", sessions, s -> s.countByTopic().getOrDefault(topic, 0))
          .description("Sockets subscribed to a topic").tag("topic", topic.wire()).register(meters);
    }
    FunctionCounter.builder("tasktracker.live.cut.off", this, m -> Outbox.cutOff())
        .description("Sockets closed because the client was too slow").register(meters);
    Gauge.builder("tasktracker.live.last.event", hub, EventHub::lastSequence)
        .description("Sequence number of the latest event this node received; equal on all nodes of a cluster").register(meters);
  }
}
