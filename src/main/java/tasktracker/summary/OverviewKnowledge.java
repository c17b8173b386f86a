package tasktracker.summary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import tasktracker.knowledge.atom.AtomFilter;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.version.VersionStore;
import tasktracker.platform.data.Database;
import tasktracker.task.proposal.ProposalFilter;
import tasktracker.task.proposal.ProposalStore;

/** What the overview says about knowledge: what waits for review, the newest decisions, and open questions. */
@ApplicationScoped
public class OverviewKnowledge {

  private static final int MAX_ATOMS = 5;
  private static final AtomFilter APPROVED_DECISIONS = new AtomFilter(null, "approved", "decision", null, null, null, null, null);

  private final Database database;
  private final AtomStore atoms;
  private final VersionStore versions;
  private final ProposalStore proposals;

  @Inject
  public OverviewKnowledge(Database database, AtomStore atoms, VersionStore versions, ProposalStore proposals) {
    this.database = database;
    this.atoms = atoms;
    this.versions = versions;
    this.proposals = proposals;
  }

  /**
   * A number of things that wait for review.
   *
   * @param wordKey the key of the words with the number
   */
  public record Waiting(String wordKey, String href, long count) {}

  /**
   * Counts what waits for review; without what does not.
   *
   * @param weakSignals the number of weak signals in the period
   */
  List<Waiting> countWaiting(Period period, long weakSignals) {
    return Stream
        .of(new Waiting("overview.waiting.proposals", "/proposals",
            database.ask(sql -> proposals.count(ProposalFilter.ANY.withStatus("pending")))),
            new Waiting("overview.waiting.atoms", "/atoms", database.ask(sql -> atoms.count(AtomFilter.ANY.withStatus("pending")))),
            new Waiting("overview.waiting.versions", "/versions", database.ask(sql -> versions.countPending().count())),
            new Waiting("overview.waiting.messages", "/messages?class=weak_signal&" + period.query(), weakSignals))
        .filter(waiting -> waiting.count() > 0).toList();
  }

  /** The approved decisions that were made last. */
  List<AtomItem> newestDecisions() {
    return database.ask(sql -> atoms.list(APPROVED_DECISIONS, "newest", MAX_ATOMS, 0));
  }

  /** The latest questions without an answer. */
  List<AtomItem> openQuestions() {
    return database.ask(sql -> atoms.openQuestions(MAX_ATOMS));
  }
}
