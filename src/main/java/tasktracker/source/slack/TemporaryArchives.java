package tasktracker.source.slack;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tasktracker.platform.job.ApplicationStarted;

/**
 * The temporary files of {@link SlackArchive}. The name of each contains the id of the process that reads it, so that the
 * files of a server that was killed are found and deleted at the next start. They are as large as the imported files.
 */
@ApplicationScoped
public class TemporaryArchives {

  private static final System.Logger LOG = System.getLogger(TemporaryArchives.class.getName());
  private static final String PREFIX = "slack-export";
  private static final String SUFFIX = ".zip";
  /** Earlier releases wrote no process id. */
  private static final Pattern NAME = Pattern.compile(PREFIX + "(?:-(\\d{1,18})-)?\\d+" + Pattern.quote(SUFFIX));
  /** Longer than any archive is read; afterwards another process may have the same id. */
  private static final Duration MAX_AGE = Duration.ofDays(1);

  static Path create() throws IOException {
    return Files.createTempFile(PREFIX + "-" + ProcessHandle.current().pid() + "-", SUFFIX);
  }

  void on(@ObservesAsync ApplicationStarted event) {
    try {
      deleteOrphaned(Path.of(System.getProperty("java.io.tmpdir")), Instant.now());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The folder of temporary files cannot be read", e);
    }
  }

  /** Deletes the files whose process has ended, and those older than a day. */
  static void deleteOrphaned(Path folder, Instant now) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        deleteIfOrphaned(file, now);
      }
    }
  }

  private static void deleteIfOrphaned(Path file, Instant now) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    try {
      if (name.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && isOrphaned(name, Files.getLastModifiedTime(file), now)) {
        Files.deleteIfExists(file);
        LOG.log(Level.INFO, "Deleted {0}, the copy of an archive that is no longer read", file);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The temporary file {0} cannot be deleted: {1}", file, e.toString());
    }
  }

  private static boolean isOrphaned(Matcher name, FileTime modified, Instant now) {
    return modified.toInstant().isBefore(now.minus(MAX_AGE))
        || name.group(1) != null && !isRunningSince(Long.parseLong(name.group(1)), modified.toInstant());
  }

  /** In a container each server has the same id, so a process that started after the file was written is another one. */
  private static boolean isRunningSince(long pid, Instant modified) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent() && process.get().info().startInstant().map(start -> !start.isAfter(modified)).orElse(true);
  }
}
