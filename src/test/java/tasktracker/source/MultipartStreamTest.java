package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.problem.Problem;

class MultipartStreamTest {

  private static final String TYPE = "multipart/form-data; boundary=\"frontier\"";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 65_520, 65_536, 65_550, 300_000})
  void aFileComesOutAsItWentInHoweverTheNetworkCutsIt(int length) throws IOException {
    byte[] file = new byte[length];
    Random random = new Random(length);
    random.nextBytes(file);
    insert(file, "\r\n--frontie", length / 2);
    insert(file, "\r\n--front\r\n--frontieR\r", length / 3);
    MultipartReader form = form(body(file), new Random(7));
    MultipartReader.Part source = form.next();
    assertThat(source.name()).isEqualTo("source");
    assertThat(source.text()).isEqualTo("telegram-export");
    MultipartReader.Part part = form.next();
    assertThat(part.fileName()).isEqualTo("Привіт.json");
    assertThat(Arrays.equals(part.body().readAllBytes(), file)).isTrue();
    assertThat(form.next().text()).isEqualTo("true");
    assertThat(form.next()).isNull();
  }

  @Test
  void unreadBytesOfAPartAreSkipped() throws IOException {
    MultipartReader form = form(body(new byte[200_000]), new Random(1));
    form.next();
    form.next().body().read();
    assertThat(form.next().name()).isEqualTo("dry_run");
  }

  @Test
  void aFormThatIsBrokenOffIsRefused() throws IOException {
    byte[] whole = body(new byte[1000]);
    for (int length : new int[]{0, 5, 40, 90, 300, whole.length - 30, whole.length - 6}) {
      MultipartReader form = form(Arrays.copyOf(whole, length), new Random(1));
      assertThatThrownBy(() -> {
        for (MultipartReader.Part part = form.next(); part != null; part = form.next()) {
          part.body().readAllBytes();
        }
      }).as("%d bytes", length).isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(400));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "multipart/form-data", "text/plain; boundary=x"})
  void anotherTypeIsRefused(String type) {
    assertThatThrownBy(() -> MultipartReader.of(type, InputStream.nullInputStream(), 1 << 20))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(415));
  }

  @Test
  void endlessHeadersAreRefused() {
    byte[] body = ("--frontier\r\nX: " + "x".repeat(100_000)).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> form(body, new Random(1)).next()).isInstanceOf(Problem.class);
  }

  @Test
  void aFormOfManyPartsOrLongNamesIsRefused() {
    String part = "--frontier\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
    assertRefused(part.repeat(100_000), 400);
    assertRefused(part.replace("\"a\"", "\"" + "a".repeat(101) + "\""), 400);
  }

  @Test
  void aBodyThatGoesOnBehindItsFileIsRefused() {
    String file = "--frontier\r\nContent-Disposition: form-data; name=\"other\"; filename=\"x\"\r\n\r\n";
    assertRefused(file + "x".repeat(3 << 20), 413);
    assertRefused("x".repeat(3 << 20), 413);
  }

  private static void assertRefused(String body, int status) {
    MultipartReader form = form(body.getBytes(StandardCharsets.US_ASCII), new Random(1));
    assertThatThrownBy(() -> {
      boolean isGoingOn = true;
      while (isGoingOn) {
        isGoingOn = form.next() != null;
      }
    }).isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(status));
  }

  /** Of what nearly is a boundary each byte costs the same, and so do headers however long they are. */
  @Test
  void nearBoundariesTakeLinearWork() {
    AllocatedBytes.isLinear(1 << 14, n -> {
      byte[] file = "\r\n--frontie".repeat(n).getBytes(StandardCharsets.US_ASCII);
      MultipartReader form = form(body(file), new Random(1));
      form.next();
      assertThat(form.next().body().readAllBytes()).hasSize(file.length);
    });
    AllocatedBytes.isLinear(400, n -> {
      String headers = "X: " + "\r\n\r".repeat(n / 4) + "x".repeat(n) + "\r\n\r\n";
      assertThat(form(("--frontier\r\n" + headers + "y\r\n--frontier--").getBytes(StandardCharsets.US_ASCII), new Random(1)).next())
          .isNotNull();
    });
  }

  private static void insert(byte[] into, String text, int at) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, into, at, Math.max(0, Math.min(bytes.length, into.length - at)));
  }

  private static byte[] body(byte[] file) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write("--frontier\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\ntelegram-export\r\n--frontier\r\n"
        .getBytes(StandardCharsets.UTF_8));
    body.write("content-disposition: form-data; name=\"file\"; filename=\"Привіт.json\"\r\nContent-Type: application/json\r\n\r\n"
        .getBytes(StandardCharsets.UTF_8));
    body.write(file);
    body.write("\r\n--frontier\r\nContent-Disposition: form-data; name=\"dry_run\"\r\n\r\ntrue\r\n--frontier--\r\n"
        .getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  /** Gives what it has in pieces of any size, as a network does. */
  private static MultipartReader form(byte[] body, Random cuts) {
    return MultipartReader.of(TYPE, new ByteArrayInputStream(body) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(length, 1 + cuts.nextInt(5000)));
      }
    }, 1 << 20);
  }
}
