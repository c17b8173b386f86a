package tasktracker.platform.ai;

/** The in-process model without the container. */
public final class TestEmbedder {

  private TestEmbedder() {}

  public static LocalEmbedder local() {
    return new LocalEmbedder(Thread.ofPlatform().name("embedding-", 1).daemon().factory());
  }
}
