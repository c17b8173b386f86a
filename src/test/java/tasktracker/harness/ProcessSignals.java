package tasktracker.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Suspends and resumes a process with all its descendants. */
final class ProcessSignals {

  private ProcessSignals() {}

  /** Suspends the parent first, so that it starts no further processes. */
  static void freeze(long pid) {
    send("-STOP", List.of(pid));
    send("-STOP", children(pid));
  }

  static void thaw(long pid) {
    send("-CONT", children(pid));
    send("-CONT", List.of(pid));
  }

  private static List<Long> children(long pid) {
    return ProcessHandle.of(pid).orElseThrow().descendants().map(ProcessHandle::pid).toList();
  }

  private static void send(String signal, List<Long> pids) {
    var command = new ArrayList<>(List.of("kill", signal));
    pids.forEach(pid -> command.add(pid.toString()));
    try {
      new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
