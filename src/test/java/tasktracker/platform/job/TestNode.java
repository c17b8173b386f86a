package tasktracker.platform.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Nats;
import tasktracker.platform.trace.Traces;

/** One server's job engine, whole but for the container: statements commit one by one, and news is collected. */
final class TestNode implements AutoCloseable {

  final List<Object> news = new CopyOnWriteArrayList<>();
  final Ledger ledger;
  final Leases leases;
  final Reaper reaper;
  final Jobs jobs;
  final Schedules schedules;
  final Nodes nodes;
  final Decisions decisions;
  final JobList list;
  final Held held = new Held();
  private final JobNews jobNews;
  private final Node node;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  TestNode(String name, Database database, Nats nats, List<? extends JobHandler<?>> handlers) {
    this(name, "web,worker", database, nats, handlers);
  }

  TestNode(String name, String roles, Database database, Nats nats, List<? extends JobHandler<?>> handlers) {
    var afterCommit = new AtOnce();
    var identity = new NodeIdentity(Optional.of(name), "8000", roles);
    jobNews = new JobNews((event, data) -> news.add(data));
    var tickets = new Tickets(nats);
    List<JobHandler<?>> all = new ArrayList<>(handlers);
    reaper = new Reaper(database);
    all.add(new Pruning(reaper, 3, 90));
    var kinds = new Kinds(all);
    ledger = new Ledger(database);
    leases = new Leases(database, identity);
    nodes = new Nodes(database);
    schedules = new Schedules(database, ledger, kinds);
    var settler = new Settler(leases, held, jobNews);
    var workshop = new Workshop(kinds, new Worker(settler, new io.micrometer.core.instrument.simple.SimpleMeterRegistry(), new Traces()), held, new Reports(leases, jobNews, afterCommit));
    jobs = new LedgerJobs(ledger, kinds, tickets, workshop, afterCommit);
    decisions = new Decisions(database, ledger, kinds, workshop, jobNews, afterCommit);
    list = new JobList(database);
    var heart = new Heart(held, workshop, leases, new UnansweredClaims(leases, held, workshop, jobNews), reaper, tickets, schedules, nodes, identity, jobNews, nats);
    node = new Node(identity, kinds, workshop, held, settler, tickets, leases, heart);
  }

  TestNode start() {
    node.start(threads);
    return this;
  }

  void stop() {
    node.stop();
  }

  /** As a process that is killed: nothing is given back, nothing said. */
  void kill() {
    threads.shutdownNow();
  }

  @Override
  public void close() {
    node.stop();
    jobNews.stop();
    threads.shutdownNow();
  }

  private static final class AtOnce extends AfterCommit {
    @Override
    public void run(Runnable action) {
      action.run();
    }
  }
}
