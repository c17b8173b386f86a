package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.QueryPlans;
import tasktracker.platform.job.run.Leases;
import tasktracker.platform.job.run.NodeIdentity;

/** With 100,000 finished and 1,000 waiting jobs, claims read only the waiting ones. */
class JobPlansIT {

  private static Leases leases(Database database) {
    return new Leases(database, new NodeIdentity(Optional.of("kyiv"), "8000", "worker"));
  }

  @Test
  void claimsUseTheIndexesOfWaitingJobs() {
    try (var plans = new QueryPlans()) {
      plans.fill("""
          insert into job (id, kind, queue, payload, state, max_attempts, run_at, finished_at)
          select gen_random_uuid(), 'kind_' || n % 10, 'default', '{}', 'completed', 3, now() - n * interval '1 second', now() from generate_series(1, 100000) n;
          insert into job (id, kind, queue, payload, state, max_attempts, run_at)
          select gen_random_uuid(), 'kind_' || n % 10, 'default', '{}', 'queued', 3, now() - n * interval '1 second' from generate_series(1, 1000) n;
          """);
      var capacity = new Leases.Capacity(new String[]{"kind_1", "kind_2"}, new Integer[]{5, 5});
      String due = plans.of(database -> assertThat(leases(database).claimDue(Queue.DEFAULT, "kyiv", capacity)).hasSize(10));
      assertThat(due).contains("using job_due on job").doesNotContain("Seq Scan on job");
      String suspect = plans.of(database -> leases(database).claimSuspect("kyiv", Map.of(Queue.DEFAULT, capacity)));
      assertThat(suspect).contains("using job_suspect on job").doesNotContain("Seq Scan on job");
      String byId = plans.of(database -> leases(database).claim(List.of(UUID.randomUUID()), "kyiv", capacity));
      assertThat(byId).contains("job_pkey").doesNotContain("Seq Scan on job");
    }
  }
}
