package tasktracker.platform.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Kind;
import tasktracker.platform.security.audit.Audit;

/** Encrypt all stored secrets with the first key. */
@Kind("reencrypt_secrets_task")
public record ReencryptSecrets() implements Job {

  /** Runs after a start that brought another first key. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<ReencryptSecrets> {

    private final SecretCipher cipher;
    private final Instance<EncryptedSecrets> tables;
    private final Jobs jobs;
    private final Audit audit;

    @Inject
    public Handler(SecretCipher cipher, @Any Instance<EncryptedSecrets> tables, Jobs jobs, Audit audit) {
      this.cipher = cipher;
      this.tables = tables;
      this.jobs = jobs;
      this.audit = audit;
    }

    void on(@ObservesAsync ApplicationStarted event) {
      if (cipher.hasKey() && tables.stream().anyMatch(EncryptedSecrets::hasOutdated)) {
        jobs.enqueue(new ReencryptSecrets(), Jobs.Options.once("reencrypt-secrets"));
      }
    }

    @Override
    public Class<ReencryptSecrets> kind() {
      return ReencryptSecrets.class;
    }

    @Override
    public void perform(ReencryptSecrets job, JobRun run) {
      int changed = tables.stream().mapToInt(EncryptedSecrets::reencrypt).sum();
      if (changed > 0) {
        audit.record("secrets.reencrypted", "secret", null, Map.of("count", changed));
      }
    }
  }
}
