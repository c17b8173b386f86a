package tasktracker.ops.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import tasktracker.platform.job.JobState;

/** Checks of jobs and imports. */
@ApplicationScoped
class JobChecks implements CheckProvider {

  private static final long WARN_AGE_SECONDS = 60;
  private static final long BAD_AGE_SECONDS = 600;
  @Inject private CatalogQueries catalog;

  @Override
  public List<Check> checks() {
    return List.of(new Check("waiting", "jobs-not-processing", this::waiting), new Check("dead", "jobs-not-processing", this::dead),
        new Check("faileditems", "failed-items", this::failedItems),
        new Check("stuckjobs", "stuck-jobs", this::stuck), new Check("stuckimports", "stuck-jobs", this::imports));
  }

  private Finding waiting(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select queue, count(*) as jobs, extract(epoch from now() - min(run_at))::bigint as seconds,
               count(*) filter (where ticketed_at is null) as tickets_owed
          from job where state in %s and run_at <= now() group by queue order by queue""".formatted(JobState.WAITING_SQL));
    long jobs = rows.stream().mapToLong(r -> CatalogQueries.number(r, "jobs")).sum();
    long oldest = rows.stream().mapToLong(r -> CatalogQueries.number(r, "seconds")).max().orElse(0);
    CheckState state = CheckState.of(oldest > BAD_AGE_SECONDS, oldest > WARN_AGE_SECONDS);
    return check.finding(state, state == CheckState.OK ? "ok" : "late", jobs, oldest).with(Evidence.of(rows))
        .withFixes(state == CheckState.OK ? List.of() : List.of(new Fix("tickets", "")));
  }

  private Finding dead(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select kind, count(*) as jobs, count(*) filter (where lost < 3) as retryable, max(finished_at) as last,
               (array_agg(error order by id desc))[1] as cause
          from job where state = 'dead' group by kind order by jobs desc limit 20""");
    long jobs = rows.stream().mapToLong(r -> CatalogQueries.number(r, "jobs")).sum();
    return check.finding(jobs > 0 ? CheckState.WARN : CheckState.OK, jobs > 0 ? "some" : "ok", jobs).with(Evidence.of(rows))
        .withFixes(rows.stream().filter(r -> CatalogQueries.number(r, "retryable") > 0)
            .map(r -> new Fix("retry-dead", CatalogQueries.text(r, "kind"))).toList());
  }

  private Finding failedItems(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select kind, count(*) as items, count(*) filter (where retry_at is null) as waiting_for_a_person, max(last_failed_at) as last,
               (array_agg(error order by last_failed_at desc))[1] as cause
          from failed_item group by kind order by items desc limit 20""");
    long items = rows.stream().mapToLong(r -> CatalogQueries.number(r, "items")).sum();
    return check.finding(items > 0 ? CheckState.WARN : CheckState.OK, items > 0 ? "some" : "ok", items).with(Evidence.of(rows))
        .withFixes(rows.stream().map(r -> new Fix("retry-failed-items", CatalogQueries.text(r, "kind"))).toList());
  }

  /** Jobs that run much longer than the 95th percentile of their kind, or whose worker was lost repeatedly. */
  private Finding stuck(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        with usual as (
          select kind, percentile_cont(0.95) within group (order by extract(epoch from finished_at - started_at)) as seconds
            from job where state = 'completed' and finished_at > now() - interval '1 day' and started_at is not null group by kind)
        select job.id::text as job, job.kind, job.node, extract(epoch from now() - job.started_at)::bigint as seconds,
               coalesce(usual.seconds, 0)::bigint as usual_seconds, lost.times as lost_times
          from job left join usual on usual.kind = job.kind
          cross join lateral (select count(*) as times from job_attempt a
                               where a.job_id = job.id and a.outcome = 'lost' and a.finished_at > now() - interval '1 hour') lost
         where job.state = 'running'
           and (job.started_at < now() - greatest(interval '15 minutes', make_interval(secs => 10 * coalesce(usual.seconds, 0)))
                or lost.times >= 2 or job.lease_until < now() - interval '1 minute')
         order by job.started_at limit 20""");
    return check.finding(rows.isEmpty() ? CheckState.OK : CheckState.WARN, rows.isEmpty() ? "ok" : "some", rows.size())
        .with(Evidence.of(rows))
        .withFixes(rows.stream().map(r -> new Fix("cancel-job", CatalogQueries.text(r, "job"))).toList());
  }

  /** Imports in an active state without an active job. */
  private Finding imports(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select id::text as import, file_name as file, status, lines_done, lines_total, updated_at as changed from import
         where status in ('rehearsing', 'pending', 'running', 'undoing') and updated_at < now() - interval '2 minutes'
           and not exists (select from job where job.id = import.job_id
                              and job.state in %s)
         order by updated_at limit 20""".formatted(JobState.UNFINISHED_SQL));
    return check.finding(rows.isEmpty() ? CheckState.OK : CheckState.BAD, rows.isEmpty() ? "ok" : "some", rows.size())
        .with(Evidence.of(rows))
        .withFixes(rows.stream().map(r -> new Fix("fail-import", CatalogQueries.text(r, "import"))).toList());
  }

}
