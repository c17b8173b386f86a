package tasktracker.source.telegram.bot;

import java.net.http.HttpClient;
import java.time.Duration;

/** The HTTP client for Telegram, created on first use: that takes a while, and many servers have no bot. */
final class BotHttpClient {

  static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
      .followRedirects(HttpClient.Redirect.NEVER).build();

  private BotHttpClient() {}
}
