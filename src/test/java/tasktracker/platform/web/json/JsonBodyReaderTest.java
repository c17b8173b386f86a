package tasktracker.platform.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.problem.Problem;

class JsonBodyReaderTest {

  private static final String BODY = "{\"name\": \"Зіновія\"}";

  @ParameterizedTest
  @ValueSource(strings = {"windows-1251", "UTF-16", "UTF-16LE"})
  void aBodyThatIsNotUtf8IsABadRequest(String charset) {
    byte[] body = BODY.getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> read(body, MediaType.APPLICATION_JSON_TYPE)).isInstanceOfSatisfying(Problem.class,
        problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void halfACharacterAtTheEndIsABadRequest() {
    byte[] body = {'"', (byte) 0xD0};
    assertThatThrownBy(() -> read(body, new MediaType("application", "merge-patch+json"))).isInstanceOf(Problem.class)
        .hasMessage("The body is not encoded in UTF-8.");
  }

  @Test
  void aBodyInUtf8IsReadAsItIs() throws IOException {
    assertThat(read(BODY.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE)).isEqualTo(BODY);
  }

  @Test
  void aBodyOfAnotherTypeIsNotDecoded() throws IOException {
    assertThat(read(new byte[]{(byte) 0xE9}, MediaType.APPLICATION_OCTET_STREAM_TYPE)).isEqualTo("\uFFFD");
  }

  /** The mapper behind the interceptor is played: it returns the body as a text. */
  private static Object read(byte[] body, MediaType type) throws IOException {
    InputStream[] stream = {new ByteArrayInputStream(body)};
    ReaderInterceptorContext context = (ReaderInterceptorContext) Proxy.newProxyInstance(JsonBodyReaderTest.class.getClassLoader(),
        new Class<?>[]{ReaderInterceptorContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
          case "getMediaType" -> type;
          case "getInputStream" -> stream[0];
          case "setInputStream" -> {
            stream[0] = (InputStream) arguments[0];
            yield null;
          }
          case "proceed" -> new String(stream[0].readAllBytes(), StandardCharsets.UTF_8);
          default -> throw new UnsupportedOperationException(method.getName());
        });
    return new JsonBodyReader().aroundReadFrom(context);
  }
}
