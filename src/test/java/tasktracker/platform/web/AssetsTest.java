package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AssetsTest {

  private final AtomicInteger opened = new AtomicInteger();
  private final Assets assets = new Assets(files());

  private WebFiles files() {
    WebFiles files = new WebFiles();
    files.open((ServletContext) Proxy.newProxyInstance(AssetsTest.class.getClassLoader(), new Class<?>[] {ServletContext.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "getResourcePaths" -> arguments[0].equals("/assets/") ? Set.of("/assets/app.css", "/assets/img/", "/assets/notes.txt")
              : Set.of("/assets/img/logo.svg");
          case "getResourceAsStream" -> open(String.valueOf(arguments[0]));
          default -> throw new UnsupportedOperationException(method.getName());
        }));
    return files;
  }

  private ByteArrayInputStream open(String path) {
    opened.incrementAndGet();
    return new ByteArrayInputStream(path.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void filesAreFoundInFoldersAndHaveAHash() {
    assertThat(assets.find("app.css")).hasValueSatisfying(css -> assertThat(css.mediaType()).startsWith("text/css"));
    assertThat(assets.url("img/logo.svg")).matches("/assets/[0-9a-f]{12}/img/logo\\.svg");
    assertThat(assets.find("notes.txt")).as("a type that is not served").isEmpty();
  }

  @Test
  void unknownPathsAreNeitherReadNorCached() {
    assets.find("app.css");
    int before = opened.get();
    for (int i = 0; i < 1000; i++) {
      assertThat(assets.find(i + "/x.css")).isEmpty();
    }
    assertThat(assets.find("../WEB-INF/web.css")).isEmpty();
    assertThat(opened).hasValue(before);
  }
}
