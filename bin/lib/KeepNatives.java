import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes the native libraries out of onnxruntime's JAR: those of this machine's kind go into a folder, from where the
 * runtime loads them without unpacking, the others (Windows, macOS, debugging symbols: 90 MB) are left behind.
 *
 * <p>{@code java KeepNatives.java onnxruntime.jar linux-x64 target/folder}
 */
class KeepNatives {

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[2]));
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(args[0]))) {
      Path natives = jar.getPath("/ai/onnxruntime/native");
      for (Path file : files(natives.resolve(args[1]))) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
      for (Path file : files(natives)) {
        Files.delete(file);
      }
    }
    if (files(folder).stream().noneMatch(file -> file.toString().endsWith(".so"))) {
      throw new IllegalStateException("No libraries for " + args[1] + " in " + args[0]);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
