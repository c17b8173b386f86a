package tasktracker.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tasktracker.harness.Api;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.TestSocket;

/** A Docker Compose stack from a clean checkout, isolated from others by its own names, volumes and ports. */
final class ComposeStack implements AutoCloseable {
  static final String NAME = "task-tracker-test";
  private static final List<String> PORTS = List.of("NGINX_PORT", "HTTPS_PORT", "HTTP_PORT", "POSTGRES_PORT", "NATS_PORT",
      "NATS_MONITOR_PORT");
  private static final String PROJECT = "git ls-files -co --exclude-standard -z | tar -c --null -T -";
  private final String name;
  private final Path checkout;
  private final Map<String, String> settings;

  /** Output and exit code of a command. */
  record Said(int code, String text) {
    String good() {
      if (code != 0) {
        throw new AssertionError("Ended with " + code + ":\n" + text);
      }
      return text;
    }
  }

  /** Of the project's files as they are now. */
  ComposeStack() {
    this(NAME, Map.of());
    take(PROJECT);
  }

  /** Of no release yet. */
  ComposeStack(String name, Map<String, String> more) {
    this.name = name;
    checkout = ProjectPaths.folder("deploy", name);
    settings = new HashMap<>(more);
    settings.put("STACK", name);
    var ports = IntStream.generate(ProjectPaths::freePort).distinct().limit(PORTS.size()).iterator();
    PORTS.forEach(port -> settings.put(port, String.valueOf(ports.next())));
    in(ProjectPaths.root(), Map.of(), "rm", "-rf", checkout.toString()).good();
  }

  /** The files of an earlier release; false where the project's history does not reach back to it. */
  boolean takeRelease(String commit) {
    boolean isThere = in(ProjectPaths.root(), Map.of(), "git", "cat-file", "-e", commit + "^{commit}").code() == 0;
    if (isThere) {
      take("git archive " + commit);
    }
    return isThere;
  }

  /** As a pull would: what the release before has made stays, and so do folders that containers have mounted. */
  void takeProject() {
    run("find", ".", "(", "-path", "./target", "-o", "-path", "./.run", ")", "-prune", "-o", "-type", "f", "!", "-name", ".env", "-exec",
        "rm", "{}", "+").good();
    take(PROJECT);
  }

  private void take(String archive) {
    in(ProjectPaths.root(), Map.of(), "bash", "-o", "pipefail", "-c",
        "mkdir -p '%1$s' && %2$s | tar -x -C '%1$s'".formatted(checkout, archive)).good();
  }

  /** Runs a command in the checkout. */
  Said run(String... command) {
    return in(checkout, settings, command);
  }

  /** Runs a command with settings of its own. */
  Said runWith(Map<String, String> more, String... command) {
    var all = new HashMap<>(settings);
    all.putAll(more);
    return in(checkout, all, command);
  }

  private static Said in(Path folder, Map<String, String> settings, String... command) {
    try {
      var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(settings);
      var process = builder.start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("Does not end: " + List.of(command));
      }
      return new Said(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until all containers are healthy; the failure message contains the server's log. */
  void up() {
    var said = run("docker", "compose", "up", "-d", "--wait", "--no-build");
    if (said.code() != 0) {
      throw new AssertionError(said.text() + run("docker", "compose", "logs", "--tail", "60", "app").text());
    }
  }

  /** Makes the certificate that the stack made for itself the one this process trusts. */
  void trust() {
    var pem = run("docker", "exec", name + "-nginx", "cat", "/etc/nginx/tls/fullchain.pem").good();
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("stack", CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      SSLContext.setDefault(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A secret that bin/setup-env has made. */
  String secret(String name) {
    try {
      return Files.readAllLines(checkout.resolve(".env")).stream().filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1)).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where this host reaches one of its services. */
  String port(String name) {
    return settings.get(name);
  }

  Path file(String name) {
    return checkout.resolve(name);
  }

  Api http() {
    return new Api("http://localhost:" + settings.get("NGINX_PORT"), Map.of());
  }

  Api https() {
    return new Api("https://localhost:" + settings.get("HTTPS_PORT"), Map.of());
  }

  Api program() {
    return https().with("Authorization", "Bearer " + secret("ADMIN_TOKEN"));
  }

  Api telegram() {
    return https().with("X-Telegram-Bot-Api-Secret-Token", secret("TELEGRAM_WEBHOOK_SECRET"));
  }

  TestSocket socket(String path) {
    return TestSocket.open("wss://localhost:" + settings.get("HTTPS_PORT") + path,
        Map.of("Authorization", "Bearer " + secret("ADMIN_TOKEN")));
  }

  /** One field of every container that runs, by container. */
  List<String> inspect(String format) {
    var ids = run("docker", "ps", "-q", "--filter", "label=com.docker.compose.project=" + name).good().strip().split("\\s+");
    var command = new java.util.ArrayList<>(List.of("docker", "inspect", "-f", format));
    command.addAll(List.of(ids));
    return run(command.toArray(String[]::new)).good().strip().lines().toList();
  }

  /** Nothing of it stays. Needs the settings that bin/setup-env makes. */
  @Override
  public void close() {
    run("docker", "compose", "--profile", "*", "down", "-v", "--timeout", "5").good();
  }
}
