package tasktracker.platform.data;

import jakarta.enterprise.event.Startup;

/** A connection to the broker that the environment names (NATS_URL), made without a container. */
public final class TestNats {

  private TestNats() {}

  public static Nats connect() {
    return connect(System.getenv().getOrDefault("NATS_URL", "nats://localhost:4222"));
  }

  public static Nats connect(String url) {
    var nats = new Nats(url);
    nats.start(new Startup());
    return nats;
  }

  public static void close(Nats nats) throws InterruptedException {
    nats.close();
  }
}
