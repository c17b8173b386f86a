package tasktracker.platform.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Static files, with URLs that contain a hash of their content so that browsers may cache them permanently. The imports of our
 * own modules are rewritten to such addresses.
 */
@ApplicationScoped
public class Assets {

  private static final Map<String, String> WEBJAR_FILES = Map.of("htmx.js", "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
  private static final Map<String, String> TYPES = Map.of("css", "text/css; charset=utf-8", "js",
      "text/javascript; charset=utf-8", "svg", "image/svg+xml", "png", "image/png", "woff2", "font/woff2", "ico",
      "image/x-icon", "webmanifest", "application/manifest+json");
  /** An import of a module that lies beside the importing one. */
  private static final Pattern IMPORT = Pattern.compile("((?:from|import) \")\\./([a-z-]+\\.js)\"");
  /** All files, loaded on first use; its size does not depend on requests. */
  private volatile @Nullable Map<String, Asset> loaded;
  private final WebFiles files;

  @Inject
  public Assets(WebFiles files) {
    this.files = files;
  }

  /**
   * The content of a file.
   *
   * @param hash first hexadecimal digits of the SHA-256 of its bytes
   */
  public record Asset(byte[] bytes, String mediaType, String hash) {}

  /** The URL of a file below {@code /assets}, with its hash. */
  public String url(String path) {
    return find(path).map(a -> "/assets/" + a.hash() + "/" + path)
        .orElseThrow(() -> new IllegalArgumentException("No asset " + path));
  }

  /** Finds a file by its path. */
  public Optional<Asset> find(String path) {
    Map<String, Asset> all = loaded;
    if (all == null || Boolean.getBoolean("tasktracker.dev")) {
      all = load();
      loaded = all;
    }
    return Optional.ofNullable(all.get(path));
  }

  private Map<String, Asset> load() {
    Map<String, Asset> all = new HashMap<>();
    Stream.concat(WEBJAR_FILES.keySet().stream(), paths("/assets/")).filter(path -> TYPES.containsKey(extension(path)))
        .forEach(path -> load(path, all));
    return Map.copyOf(all);
  }

  /** Loads a file after the modules that it imports: their hashes stand in its imports, and so count for its own. */
  private Asset load(String path, Map<String, Asset> all) {
    Asset known = all.get(path);
    if (known != null) {
      return known;
    }
    byte[] bytes = WEBJAR_FILES.containsKey(path) || !path.endsWith(".js")
        ? read(path)
        : IMPORT.matcher(new String(read(path), StandardCharsets.UTF_8))
            .replaceAll(module -> module.group(1) + "/assets/" + load(module.group(2), all).hash() + "/" + module.group(2) + "\"")
            .getBytes(StandardCharsets.UTF_8);
    Asset asset = asset(bytes, mediaType(path));
    all.put(path, asset);
    return asset;
  }

  /** Paths of all files below a folder of the application, relative to {@code /assets/}. */
  private Stream<String> paths(String folder) {
    Set<String> below = Optional.ofNullable(files.servletContext().getResourcePaths(folder)).orElse(Set.of());
    return below.stream().flatMap(path -> path.endsWith("/") ? paths(path) : Stream.of(path.substring("/assets/".length())));
  }

  private static String mediaType(String path) {
    return Objects.requireNonNull(TYPES.get(extension(path)), () -> "The media type of the asset " + path + " is not known");
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private byte[] read(String path) {
    try (InputStream in = Objects.requireNonNull(open(path), path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable InputStream open(String path) {
    String inJar = WEBJAR_FILES.get(path);
    return inJar == null ? files.servletContext().getResourceAsStream("/assets/" + path) : Assets.class.getResourceAsStream(inJar);
  }

  private static Asset asset(byte[] bytes, String type) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Asset(bytes, type, HexFormat.of().formatHex(digest, 0, 6));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
