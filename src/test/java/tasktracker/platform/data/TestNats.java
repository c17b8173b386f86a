package tasktracker.platform.data;

import jakarta.enterprise.event.Startup;

/** A connection to the broker of NATS_URL, without the container. */
public final class TestNats {

  private TestNats() {}

  public static NatsConnection connect() {
    return connect(System.getenv().getOrDefault("NATS_URL", "nats://localhost:4222"));
  }

  public static NatsConnection connect(String url) {
    var nats = new NatsConnection(url, Thread.ofPlatform().daemon().factory());
    nats.start(new Startup());
    return nats;
  }

  public static void close(NatsConnection nats) throws InterruptedException {
    nats.close();
  }
}
