package tasktracker.platform.web.template;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AssetsTest {

  private String dom = "export const $ = 1;";
  private final AtomicInteger opened = new AtomicInteger();
  private final Assets assets = new Assets(files());

  private WebFiles files() {
    WebFiles files = new WebFiles();
    files.open((ServletContext) Proxy.newProxyInstance(AssetsTest.class.getClassLoader(), new Class<?>[]{ServletContext.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "getResourcePaths" -> arguments[0].equals("/assets/")
              ? Set.of("/assets/app.css", "/assets/img/", "/assets/notes.txt", "/assets/page.js", "/assets/dom.js")
              : Set.of("/assets/img/logo.svg");
          case "getResourceAsStream" -> open(String.valueOf(arguments[0]));
          default -> throw new UnsupportedOperationException(method.getName());
        }));
    return files;
  }

  private ByteArrayInputStream open(String path) {
    opened.incrementAndGet();
    String text = path.equals("/assets/page.js")
        ? "import { $ } from \"./dom.js\";\nimport \"./dom.js\";"
        : path.equals("/assets/dom.js") ? dom : path;
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
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

  @Test
  void importsOfModulesAreHashedToo() {
    String before = assets.find("page.js").orElseThrow().hash();
    assertThat(new String(assets.find("page.js").orElseThrow().bytes(), StandardCharsets.UTF_8))
        .isEqualTo("import { $ } from \"" + assets.url("dom.js") + "\";\nimport \"" + assets.url("dom.js") + "\";");
    dom = "export const $ = 2;";
    assertThat(new Assets(files()).find("page.js").orElseThrow().hash()).as("a changed import changes the address").isNotEqualTo(before);
  }
}
