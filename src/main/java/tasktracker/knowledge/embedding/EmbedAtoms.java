package tasktracker.knowledge.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tasktracker.knowledge.atom.AtomWritten;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Kind;

/**
 * Compute the vectors of atoms.
 *
 * @param atoms the atoms, or an empty list for all without a vector
 */
@Kind("embed_atoms_batch_task")
public record EmbedAtoms(List<UUID> atoms) implements Job {

  /** Embeds atoms after they are written, and at the start those that have no vector. */
  @ApplicationScoped
  public static class Handler implements JobHandler<EmbedAtoms>, FailedItemHandler {

    private final KnowledgeEmbeddings embeddings;
    private final Jobs jobs;

    @Inject
    public Handler(KnowledgeEmbeddings embeddings, Jobs jobs) {
      this.embeddings = embeddings;
      this.jobs = jobs;
    }

    void on(@ObservesAsync ApplicationStarted event) {
      if (embeddings.hasMissing(EmbeddedType.ATOM)) {
        jobs.enqueue(new EmbedAtoms(List.of()), Jobs.Options.once("embed-atoms"));
      }
    }

    void on(@Observes AtomWritten event) {
      if (!event.isEmbedded()) {
        jobs.enqueue(new EmbedAtoms(List.of(event.atomId())));
      }
    }

    @Override
    public Class<EmbedAtoms> kind() {
      return EmbedAtoms.class;
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(1);
    }

    @Override
    public void perform(EmbedAtoms job, JobRun run) {
      embeddings.embed(EmbeddedType.ATOM, job.atoms(), run);
    }

    @Override
    public String failedKind() {
      return EmbeddedType.ATOM.failedKind();
    }

    @Override
    public void retry(List<FailedItem> items) {
      embeddings.embed(EmbeddedType.ATOM, items.stream().map(item -> UUID.fromString(item.item())).toList());
    }
  }
}
