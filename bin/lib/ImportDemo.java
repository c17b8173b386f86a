import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Brings the sample chat into a running product through its API and waits until it is scored and embedded. Run by
 * {@code bin/run --demo} as a single file, because a bare machine has a JDK and no curl.
 *
 * <p>Argument: the product's address. The token comes from ADMIN_TOKEN.
 */
public class ImportDemo {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  ImportDemo(String url) {
    this.url = url;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var demo = new ImportDemo(arguments[0]);
    String id = text("id", demo.send(demo.request("/api/v1/imports/sample").POST(BodyPublishers.noBody())));
    demo.await("/api/v1/imports/" + id, "\"status\":\"(completed|failed|cancelled)\"");
    String done = demo.get("/api/v1/imports/" + id);
    if (!text("status", done).equals("completed")) {
      System.err.println("The sample chat was not imported: " + done);
      System.exit(1);
    }
    demo.await("/api/v1/pipeline", "(?s)(?=.*\"unscored\":0[,}])(?=.*\"to_embed\":0[,}]).*");
    System.out.println("  The sample chat is in: " + number("messages_stored", done) + " messages new, "
        + number("messages_skipped", done) + " known already.\n");
  }

  private void await(String path, String pattern) throws IOException, InterruptedException {
    var wished = Pattern.compile(pattern);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wished.matcher(get(path).replaceAll("\\s*([:,{}])\\s*", "$1")).find()) {
      if (System.nanoTime() > end) {
        System.err.println("Still not done after " + PATIENCE.toMinutes() + " minutes: " + get(path));
        System.exit(1);
      }
      Thread.sleep(300);
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + System.getenv("ADMIN_TOKEN"));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      System.err.println(response.uri() + " answered " + response.statusCode() + ": " + response.body());
      System.exit(1);
    }
    return response.body();
  }

  private static String text(String name, String json) {
    var found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return found.find() ? found.group(1) : "";
  }

  private static String number(String name, String json) {
    var found = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(json);
    return found.find() ? found.group(1) : "0";
  }
}
