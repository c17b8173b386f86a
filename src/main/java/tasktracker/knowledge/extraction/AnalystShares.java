package tasktracker.knowledge.extraction;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.builtin.BuiltInAnalyst;
import tasktracker.platform.data.Database;

/** What each analyst did in a run. All methods join the caller's transaction. */
@ApplicationScoped
public class AnalystShares {

  /** Words below which a share is too small to be judged. */
  private static final int MIN_WORDS = 100;
  /** More atoms than this for each hundred words are invented or repeat each other, whatever they quote. */
  private static final int MAX_ATOMS_PER_HUNDRED_WORDS = 5;

  /** Stands for the analyst of messages that nobody examined, because all providers exclude their chats. */
  public static final String NOBODY = "nobody";

  /**
   * What an analyst did in a run.
   *
   * @param analyst its name, or {@link #NOBODY}
   * @param messages how many it examined; of nobody, how many were not examined
   * @param words the words of the messages that it examined
   * @param failures how often it was asked in vain
   * @param lastFailure why, the last time: the name of a {@link tasktracker.llm.call.CallFailure.Kind}, or null
   */
  public record Share(String analyst, long messages, int atoms, int refused, long words, int failures, @Nullable String lastFailure) {

    /** Whether it is a language model. */
    public boolean isModel() {
      return !analyst.equals(BuiltInAnalyst.NAME) && !isNobody();
    }

    public boolean isNobody() {
      return analyst.equals(NOBODY);
    }

    /** Whether it found more than messages of that length can hold. */
    public boolean isSuspicious() {
      return words >= MIN_WORDS && atoms * 100L > words * MAX_ATOMS_PER_HUNDRED_WORDS;
    }
  }

  private static final String MODEL = "model";
  private final Database database;
  private final MeterRegistry meters;

  @Inject
  public AnalystShares(Database database, MeterRegistry meters) {
    this.database = database;
    this.meters = meters;
  }

  /** Counters that begin with their first event would show no increase by it. */
  void register(@Observes Startup event) {
    for (String kind : List.of(BuiltInAnalyst.NAME, MODEL)) {
      count(kind, 0, 0, 0);
    }
  }

  /** Counts a stored batch. */
  void record(UUID run, String analyst, BatchResult result, long words) {
    database.run(sql -> sql.createUpdate("""
            insert into extraction_run_analyst as s (run_id, analyst, messages, atoms, refused, words)
            values (:run, :analyst, :messages, :atoms, :refused, :words)
            on conflict (run_id, analyst) do update set messages = s.messages + excluded.messages, atoms = s.atoms + excluded.atoms,
               refused = s.refused + excluded.refused, words = s.words + excluded.words""")
        .bind("run", run).bind("analyst", analyst).bind("messages", result.examined()).bind("atoms", result.atoms())
        .bind("refused", result.refused()).bind("words", words).execute());
    count(analyst.equals(BuiltInAnalyst.NAME) ? BuiltInAnalyst.NAME : MODEL, result.atoms(), result.refused(), words);
  }

  /** Atoms of each hundred words can be watched by these, whoever starts the runs. */
  private void count(String kind, int atoms, int refused, long words) {
    meters.counter("tasktracker.extraction.atoms", "analyst", kind).increment(atoms);
    meters.counter("tasktracker.extraction.refused", "analyst", kind).increment(refused);
    meters.counter("tasktracker.extraction.words", "analyst", kind).increment(words);
  }

  /** Counts messages that nobody examined, because all providers exclude their chats. */
  void recordPassedOver(UUID run, int messages) {
    database.run(sql -> sql.createUpdate("""
            insert into extraction_run_analyst as s (run_id, analyst, messages) values (:run, :analyst, :messages)
            on conflict (run_id, analyst) do update set messages = s.messages + excluded.messages""")
        .bind("run", run).bind("analyst", NOBODY).bind("messages", messages).execute());
  }

  /** Counts an analyst that was asked in vain. */
  void recordFailure(UUID run, AnalystFailover.Failure failure) {
    database.run(sql -> sql.createUpdate("""
            insert into extraction_run_analyst as s (run_id, analyst, failures, last_failure) values (:run, :analyst, 1, :kind)
            on conflict (run_id, analyst) do update set failures = s.failures + 1, last_failure = excluded.last_failure""")
        .bind("run", run).bind("analyst", failure.analyst()).bind("kind", failure.kind()).execute());
    meters.counter("tasktracker.extraction.failovers", "reason", failure.kind()).increment();
  }

  /** Lists the analysts of a run, those that examined most first. */
  public List<Share> list(UUID run) {
    return database.ask(sql -> sql.createQuery("""
            select analyst, messages, atoms, refused, words, failures, last_failure from extraction_run_analyst where run_id = :run
             order by messages desc, analyst""").bind("run", run).map(Database.to(Share.class)).list());
  }
}
