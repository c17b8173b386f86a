package tasktracker.harness.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.core.spi.LoadableExtension;
import tasktracker.harness.Product;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.ServerFiles;
import tasktracker.harness.Services;

/**
 * Prepares the server that Arquillian starts: the product's configuration without its application (the tests deploy
 * one with themselves in it), and services of its own. Arquillian loads it before it reads arquillian.xml.
 */
public final class ContainerServer implements LoadableExtension {
  private static final String SETTINGS = "configDropins/overrides/test.xml";

  @Override
  public void register(ExtensionBuilder builder) {
    var services = Services.throwaway("container");
    Runtime.getRuntime().addShutdownHook(new Thread(services::close));
    var user = ProjectPaths.folder("server", "container-usr");
    configure(user.resolve("servers/container"), services.environment());
    System.setProperty("container.wlp", ProjectPaths.target("liberty", "wlp").toString());
    System.setProperty("container.usr", user.toString());
    System.setProperty("container.jvm", ProjectPaths.SHORT_LIVED_JVM);
  }

  private static void configure(Path server, Map<String, String> services) {
    var port = String.valueOf(ProjectPaths.freePort());
    System.setProperty("container.port", port);
    try {
      ServerFiles.copyConfiguration(server);
      withoutApplication(server.resolve("server.xml"));
      shareHeavyLibrary(server.resolve("lib/jdbc"));
      Files.createDirectories(server.resolve(SETTINGS).getParent());
      Files.writeString(server.resolve(SETTINGS), settings(services, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void withoutApplication(Path serverXml) throws IOException {
    Files.writeString(serverXml, Files.readString(serverXml).replaceAll("(?s)<webApplication.*?</webApplication>", ""));
  }

  private static void shareHeavyLibrary(Path folder) throws IOException {
    try (var libraries = Files.newDirectoryStream(ProjectPaths.target("task-tracker", "WEB-INF", "lib"), TestDeployment.HEAVY + "*")) {
      for (var library : libraries) {
        Files.copy(library, folder.resolve(library.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** As variables of the server, because Arquillian passes no environment on. */
  private static String settings(Map<String, String> services, String port) {
    return "<server>\n" + variable("reload", "polled") + variable("http.port", port)
        + variable("database.url", services.get("DATABASE_URL"))
        + variable("database.user", services.get("DATABASE_USER"))
        + variable("database.password", services.get("DATABASE_PASSWORD"))
        + variable("database.runtime.user", services.get("DATABASE_RUNTIME_USER"))
        + variable("database.runtime.password", services.get("DATABASE_RUNTIME_PASSWORD"))
        + Map.of("NATS_URL", services.get("NATS_URL"), "ADMIN_PASSWORD", Product.ADMIN_PASSWORD,
            "ADMIN_TOKEN", Product.ADMIN_TOKEN, "TELEGRAM_WEBHOOK_SECRET", Product.WEBHOOK_SECRET)
            .entrySet().stream().map(one -> variable(one.getKey(), one.getValue())).collect(Collectors.joining())
        + "</server>\n";
  }

  private static String variable(String name, String value) {
    return "  <variable name=\"" + name + "\" value=\"" + value + "\"/>\n";
  }
}
