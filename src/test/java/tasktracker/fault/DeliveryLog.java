package tasktracker.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import tasktracker.harness.ProjectPaths;

/**
 * Log of requests and acknowledgements on disk, written before sending and after the response, for comparison with the
 * stored messages. An acknowledged id must be stored exactly once, any other id at most once.
 */
final class DeliveryLog implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final Set<Long> sent = new ConcurrentSkipListSet<>();
  private final Set<Long> answered = new ConcurrentSkipListSet<>();

  DeliveryLog(String name) {
    file = ProjectPaths.folder("ledger").resolve(name + ".jsonl");
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void sending(long id) {
    write("{\"sending\":" + id + "}\n");
    sent.add(id);
  }

  void answered(long id) {
    write("{\"answered\":" + id + "}\n");
    answered.add(id);
  }

  Set<Long> sent() {
    return Set.copyOf(sent);
  }

  Set<Long> answered() {
    return Set.copyOf(answered);
  }

  private synchronized void write(String line) {
    try {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
