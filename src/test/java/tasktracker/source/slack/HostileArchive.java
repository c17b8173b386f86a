package tasktracker.source.slack;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.UnreadableFile;

/**
 * Archives that are made to harm, each the size of a photograph. As a program: {@code HostileArchive FILE} reads one and
 * prints how many lines it tells, or why it is refused; start it with a small heap.
 */
public final class HostileArchive {

  /** Writes entries. */
  private interface Content {
    void to(ZipOutputStream zip) throws IOException;
  }

  private HostileArchive() {}

  /** So many people in {@code users.json}. */
  public static Path ofPeople(Path file, int people) throws IOException {
    return write(file, zip -> {
      zip.putNextEntry(new ZipEntry("users.json"));
      for (int i = 0; i < people; i++) {
        put(zip,
            (i == 0 ? "[" : ",") + "{\"id\":\"U" + i + "\",\"name\":\"person" + i + "\",\"profile\":{\"real_name\":\"Person Number " + i
                + "\",\"email\":\"person" + i + "@example.org\"}}");
      }
      put(zip, "]");
      entry(zip, "general/2024-05-01.json", message(0, "hello"));
    });
  }

  /** So many conversations, each with one message on the same day. */
  public static Path ofConversations(Path file, int conversations) throws IOException {
    return write(file, zip -> {
      entry(zip, "users.json", "[]");
      for (int i = 0; i < conversations; i++) {
        entry(zip, "channel" + i + "/2024-05-01.json", message(i, "hello"));
      }
    });
  }

  /** So many conversations, each with one message of so many characters; hardly compressible, or very much so. */
  public static Path ofLongMessages(Path file, int conversations, int length, boolean isCompressible) throws IOException {
    String text = "a".repeat(length);
    return write(file, zip -> {
      entry(zip, "users.json", "[]");
      for (int i = 0; i < conversations; i++) {
        entry(zip, "channel" + i + "/2024-05-01.json", message(i, isCompressible ? text : words(i, length)));
      }
    });
  }

  /** So many entries that say nothing, with names of that length. */
  public static Path ofEntries(Path file, int entries, int lengthOfName) throws IOException {
    String name = "x".repeat(Math.max(0, lengthOfName - 6));
    return write(file, zip -> {
      entry(zip, "users.json", "[]");
      for (int i = 0; i < entries; i++) {
        entry(zip, i + name, "");
      }
    });
  }

  /** As many entries as two to the power of that, with names of one and the same hash. */
  public static Path ofChosenNames(Path file, int power) throws IOException {
    return write(file, zip -> {
      entry(zip, "users.json", "[]");
      for (int i = 0; i < 1 << power; i++) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < power; bit++) {
          name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        entry(zip, name.toString(), "");
      }
    });
  }

  /** So many entries of the directory that all stand for one and the same piece of the file. */
  public static Path ofOverlaps(Path file, int entries) throws IOException {
    byte[] archive = Files.readAllBytes(ofLongMessages(file, 1, 100_000, false));
    ByteBuffer zip = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int end = archive.length - 22;
    int directory = zip.getInt(end + 16);
    int second = directory + 46 + zip.getShort(directory + 28) + zip.getShort(directory + 30);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(archive, 0, second);
    for (int i = 0; i < entries; i++) {
      out.write(archive, second, end - second);
    }
    zip.putShort(end + 8, (short) (entries + 1)).putShort(end + 10, (short) (entries + 1)).putInt(end + 12, out.size() - directory);
    out.write(archive, end, 22);
    return Files.write(file, out.toByteArray());
  }

  private static Path write(Path file, Content content) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      zip.setLevel(Deflater.BEST_SPEED);
      content.to(zip);
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    put(zip, text);
    zip.closeEntry();
  }

  private static void put(ZipOutputStream zip, String text) throws IOException {
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String message(int number, String text) {
    return "[{\"user\":\"U1\",\"text\":\"" + text + "\",\"ts\":\"" + (1_714_550_000 + number) + ".000100\"}]";
  }

  private static String words(int seed, int length) {
    Random random = new Random(seed);
    StringBuilder words = new StringBuilder(length);
    while (words.length() < length) {
      words.append((char) ('a' + random.nextInt(26)));
    }
    return words.toString();
  }

  public static void main(String[] arguments) throws IOException {
    long lines = 0;
    try (InputStream in = Files.newInputStream(Path.of(arguments[0])); Transcript transcript = new SlackExportFormat().open(in)) {
      while (transcript.next() != null) {
        lines++;
      }
      System.out.println(lines + " lines");
    } catch (UnreadableFile e) {
      System.out.println("Refused: " + e.getMessage());
    }
  }
}
