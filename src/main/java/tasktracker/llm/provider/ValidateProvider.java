package tasktracker.llm.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Ask a provider whether it answers and accepts its key. */
@Kind("validate_provider_task")
public record ValidateProvider(UUID providerId) implements Job {

  /** A provider that does not answer is a result and no failure of the job. */
  @ApplicationScoped
  public static class Handler implements JobHandler<ValidateProvider> {

    private final Providers providers;
    private final ProviderModels models;

    @Inject
    public Handler(Providers providers, ProviderModels models) {
      this.providers = providers;
      this.models = models;
    }

    @Override
    public Class<ValidateProvider> kind() {
      return ValidateProvider.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofMinutes(1);
    }

    @Override
    public void perform(ValidateProvider job, JobRun run) {
      providers.revisionToValidate(job.providerId()).ifPresent(revision -> {
        try {
          models.list(providers.settings(job.providerId()));
          providers.completeValidation(job.providerId(), revision, null);
        } catch (ProviderFailure failure) {
          providers.completeValidation(job.providerId(), revision, failure);
        }
      });
    }
  }
}
