package tasktracker.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.net.Socket;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tasktracker.harness.Product;
import tasktracker.harness.RawHttp;

/**
 * An unprivileged caller that repeats, from four threads, every attack that once stopped the server or starved other users.
 * It has a reader's token and session, and an IP address of its own.
 */
final class AbusiveCaller implements AutoCloseable {

  private static final int THREADS = 4;
  /** Fewer than the server has threads: one caller that may have all of them is nginx's to stop. */
  private static final int LEFT_OPEN = 10;
  private static final String FORM = "application/x-www-form-urlencoded";
  private final RawHttp raw;
  private final String origin;
  private final String token;
  private final String session;
  private final List<Runnable> deeds = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final byte[] bomb = bomb();
  private final Queue<Socket> unfinished = new ConcurrentLinkedQueue<>();
  private volatile boolean going = true;

  AbusiveCaller(Product product, String token, String session) {
    this.raw = RawHttp.to(product.url()).from("127.0.9.9");
    this.origin = product.url();
    this.token = token;
    this.session = session;
    deeds.addAll(List.of(this::readsWithoutSigningIn, this::announcesMuchBehindAnUpgrade, this::signsInUnderAHugeName,
        this::asksForFilesThatAreNot, this::sendsVeryManyFields, this::sendsCompressedBodies, this::sendsBinaryFrames,
        this::claimsOtherAddresses, this::guessesTheAdministratorsPassword, this::guessesItsOwnPassword,
        this::changesItsPasswordAtOnce, this::asksOddly, this::searchesAtLength, this::uploadsWithoutTheRight,
        this::leavesRequestsUnfinished));
    for (int i = 0; i < THREADS; i++) {
      threads.submit(this::goOn);
    }
  }

  private void goOn() {
    while (going) {
      try {
        deeds.get(Math.floorMod(next.getAndIncrement(), deeds.size())).run();
      } catch (UncheckedIOException e) {
        count(-1); // the server has closed the connection, or did not answer for 20 s
      }
    }
  }

  /** How often each status was answered; -1 where there was no answer. */
  Map<Integer, Integer> answers() {
    return new TreeMap<>(answers);
  }

  private void count(int status) {
    answers.merge(status, 1, Integer::sum);
  }

  private void send(String method, String target, Map<String, String> headers, byte[] body) {
    var all = new HashMap<>(headers);
    if (body.length > 0) {
      all.putIfAbsent("Content-Length", String.valueOf(body.length));
    }
    count(raw.send(method, target, all, body).status());
  }

  private void get(String target, Map<String, String> headers) {
    send("GET", target, headers, new byte[0]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, String> byToken(String... more) {
    return pairs("Authorization", "Bearer " + token, more);
  }

  private Map<String, String> bySession(String... more) {
    var all = pairs("Cookie", session, more);
    all.put("Origin", origin);
    return all;
  }

  private static Map<String, String> pairs(String name, String value, String... more) {
    var all = new HashMap<>(Map.of(name, value));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private void readsWithoutSigningIn() {
    get("/", Map.of("Accept", "text/*"));
    get("/messages", Map.of("Accept", "TEXT/HTML"));
    get("/api/v1/messages;/assets/app.css", Map.of());
  }

  private void announcesMuchBehindAnUpgrade() {
    send("POST", "/sign-in",
        Map.of("Upgrade", "websocket", "Connection", "Upgrade, close", "Content-Type", FORM, "Content-Length", "500000000"),
        bytes("name=" + "x".repeat(100_000)));
  }

  private void signsInUnderAHugeName() {
    send("POST", "/sign-in", Map.of("Content-Type", FORM), bytes("name=" + "\ufdfa".repeat(345_000) + "&password=x"));
  }

  private void asksForFilesThatAreNot() {
    for (int i = 0; i < 20; i++) {
      get("/assets/" + System.nanoTime() + "/" + "x".repeat(2000) + ".css", Map.of());
    }
  }

  private void sendsVeryManyFields() {
    send("POST", "/sign-in", Map.of("Content-Type", FORM), bytes("a&".repeat(160_000)));
  }

  private void sendsCompressedBodies() {
    for (String encoding : List.of("gzip", "deflate", "x-gzip", "gzip, gzip")) {
      send("POST", "/api/v1/accounts", byToken("Content-Encoding", encoding, "Content-Type", "application/json"), bomb);
      send("POST", "/sign-in", Map.of("Content-Encoding", encoding, "Content-Type", FORM), bomb);
    }
  }

  private static byte[] bomb() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      byte[] some = new byte[1 << 20];
      Arrays.fill(some, (byte) 'a');
      for (int i = 0; i < 400; i++) {
        out.write(some);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A frame that announces a gibibyte, and the beginning of it. */
  private void sendsBinaryFrames() {
    byte[] frame = Arrays.copyOf(new byte[]{(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4}, 400_000);
    for (String path : List.of("/ws", "/live")) {
      send("GET", path, byToken("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", "13",
          "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "Content-Length", "0"), frame);
    }
  }

  private void claimsOtherAddresses() {
    String claim = "203.0.113." + next.get() % 250;
    send("POST", "/sign-in", Map.of("Content-Type", FORM, "X-Forwarded-For", claim, "Forwarded", "for=" + claim),
        bytes("name=admin&password=x" + claim));
  }

  private void guessesTheAdministratorsPassword() {
    for (int i = 0; i < 5; i++) {
      send("POST", "/sign-in", Map.of("Content-Type", FORM), bytes("name=" + Product.ADMIN + "&password=guess" + i));
    }
  }

  private void guessesItsOwnPassword() {
    byte[] guess = bytes("present=wrong&password=seven+blue+otters+swim&again=seven+blue+otters+swim");
    send("POST", "/account/password", bySession("Content-Type", FORM), guess);
    send("POST", "/account/password", byToken("Content-Type", FORM), guess);
  }

  private void changesItsPasswordAtOnce() {
    List<Thread> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      many.add(Thread.startVirtualThread(this::guessesItsOwnPassword));
    }
    many.forEach(AbusiveCaller::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void asksOddly() {
    for (String target : List.of("/messages?q=a|b", "/%", "/WEB-INF/x", "/messages?from=+999999999-01-01", "/api/v1/messages?nothing=1",
        "/api/v1/messages?search=%00", "/sign-in?next=/messages?q=a|b", "/nothing", "/messages?page=999999999")) {
      get(target, byToken());
    }
    send("POST", "/nothing", bySession("Content-Type", FORM), bytes("a=1"));
  }

  private void searchesAtLength() {
    get("/api/v1/search?q=" + "deploy%20".repeat(400), byToken());
    get("/search?q=" + "a%20".repeat(800), bySession("Accept", "text/html"));
  }

  private void uploadsWithoutTheRight() {
    send("POST", "/api/v1/imports", byToken("Content-Type", "multipart/form-data; boundary=b", "Content-Length", "1000000000"),
        bytes("--b\r\n"));
  }

  /** Bodies that never end, some at a time. */
  private void leavesRequestsUnfinished() {
    unfinished.add(raw.leave("POST", "/preferences", Map.of("Content-Type", FORM, "Transfer-Encoding", "chunked", "Origin", origin),
        bytes("5\r\nabc")));
    if (unfinished.size() > LEFT_OPEN) {
      close(unfinished.poll());
    }
  }

  private static void close(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    going = false;
    threads.shutdown();
    threads.awaitTermination(60, TimeUnit.SECONDS);
    threads.shutdownNow();
    unfinished.forEach(AbusiveCaller::close);
  }
}
