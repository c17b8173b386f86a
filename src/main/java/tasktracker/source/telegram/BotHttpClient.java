package tasktracker.source.telegram;

import java.net.http.HttpClient;
import java.time.Duration;

/** The way to Telegram, opened when it is first asked for: it takes a while, and many a server has no bot. */
final class BotHttpClient {

  static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
      .followRedirects(HttpClient.Redirect.NEVER).build();

  private BotHttpClient() {}
}
