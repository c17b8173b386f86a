package tasktracker.ops.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks of memory and disk of the machine or container of this node. */
@ApplicationScoped
class HostChecks implements CheckProvider {

  private static final long MIB = 1024L * 1024;
  private static final Path CGROUP = Path.of("/sys/fs/cgroup");
  @Inject private CatalogQueries catalog;

  @Override
  public List<Check> checks() {
    return List.of(new Check("memory", "memory", this::memory), new Check("disk", "disk", this::disk));
  }

  private Finding memory(Check check) {
    Runtime jvm = Runtime.getRuntime();
    long heap = (jvm.totalMemory() - jvm.freeMemory()) / MIB;
    long resident = figure(Path.of("/proc/self/status"), "VmRSS:") / 1024;
    long limit = limit();
    long kills = figure(CGROUP.resolve("memory.events"), "oom_kill");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("heap, MiB", heap);
    figures.put("heap limit, MiB", jvm.maxMemory() / MIB);
    figures.put("resident, MiB", resident);
    figures.put("container limit, MiB", limit == 0 ? "—" : limit);
    figures.put("OOM kills", kills);
    boolean isNear = limit > 0 && resident * 100 > limit * 90;
    return check.finding(CheckState.of(kills > 0, isNear), kills > 0 ? "killed" : isNear ? "near" : "ok", resident, limit, kills)
        .with(Evidence.pairs(figures));
  }

  /** Memory limit in MiB, or 0 when there is none. */
  private static long limit() {
    String limit = read(CGROUP.resolve("memory.max")).strip();
    return limit.matches("\\d+") ? Long.parseLong(limit) / MIB : 0;
  }

  private static long figure(Path file, String name) {
    return read(file).lines().map(line -> line.trim().split("\\s+")).filter(words -> words.length > 1 && words[0].equals(name))
        .mapToLong(words -> Long.parseLong(words[1])).findFirst().orElse(0);
  }

  private static String read(Path file) {
    try {
      return Files.isReadable(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Finding disk(Check check) {
    long size = CatalogQueries.number(catalog.row("select pg_database_size(current_database()) as size"), "size") / MIB;
    try {
      FileStore store = Files.getFileStore(Path.of("").toAbsolutePath());
      long free = store.getUsableSpace() / MIB;
      long percent = store.getUsableSpace() * 100 / Math.max(1, store.getTotalSpace());
      List<Map<String, Object>> rows = catalog.rows("""
          select relname as table, pg_total_relation_size(relid) / 1048576 as mebibytes
            from pg_stat_user_tables order by pg_total_relation_size(relid) desc limit 8""");
      CheckState state = CheckState.of(percent < 5, percent < 15);
      return check.finding(state, state == CheckState.OK ? "ok" : "full", free, percent, size).with(Evidence.of(rows));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
