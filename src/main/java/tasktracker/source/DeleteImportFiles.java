package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Schedules;

/** Delete the files of imports that nobody has started for some days. */
@Kind("delete_import_files_task")
public record DeleteImportFiles() implements Job {

  /**
   * Runs hourly on one node of the cluster. Deletes files of imports that were previewed, failed or were cancelled and
   * have not changed for IMPORT_FILES_KEEP_DAYS; 0 keeps them forever.
   */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<DeleteImportFiles> {

    private final Imports imports;
    private final ImportStore store;
    private final Schedules schedules;
    private Duration kept = Duration.ZERO;

    /** @param days days after the last change of the import */
    @Inject
    public Handler(Imports imports, ImportStore store, Schedules schedules,
        @ConfigProperty(name = "IMPORT_FILES_KEEP_DAYS", defaultValue = "7") int days) {
      this.imports = imports;
      this.store = store;
      this.schedules = schedules;
      this.kept = Duration.ofDays(days);
    }

    void on(@ObservesAsync ApplicationStarted event) {
      schedules.put("delete-import-files", "41 * * * *", ZoneOffset.UTC, new DeleteImportFiles());
    }

    @Override
    public Class<DeleteImportFiles> kind() {
      return DeleteImportFiles.class;
    }

    @Override
    public void perform(DeleteImportFiles job, JobRun run) {
      store.deleteStaleUploads();
      List<UUID> expired = kept.isZero() ? List.of() : store.findWithFileOlderThan(kept);
      for (int i = 0; i < expired.size() && !run.stopRequested(); i++) {
        imports.deleteExpiredFile(expired.get(i), kept);
      }
    }
  }
}
