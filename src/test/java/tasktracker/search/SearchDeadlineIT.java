package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestEmbeddings;
import tasktracker.embedding.TestMessages;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.TestEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** All steps of a search share one deadline. */
class SearchDeadlineIT {

  private final TestDatabase schema = TestDatabase.create();
  private final Database database = new Database(schema.transactional());
  private final SearchStatements statements = new SearchStatements(database, new SearchConfig(10, .7, 100, 20, 4500));

  /** A remote model that never answers. */
  private static final class SilentModel implements Embedder {
    private final CountDownLatch givenUp = new CountDownLatch(1);

    @Override
    public String modelId() {
      return "silent";
    }

    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        givenUp.countDown();
      }
      throw new EmbedderUnavailable("Interrupted", new InterruptedException());
    }
  }

  @AfterEach
  void drop() {
    schema.close();
  }

  @Test
  void allStatementsOfASearchShareItsDeadline() {
    Deadline deadline = Deadline.after(Duration.ofMillis(700), LocalizedMessage.of("problem.search.late"));
    assertThatThrownBy(() -> statements.inTransaction(deadline, () -> sleep() + sleep() + sleep()))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(503));
  }

  private int sleep() {
    return statements.ask(sql -> sql.createQuery("select 1 from pg_sleep(.4)").mapTo(Integer.class).one());
  }

  @Test
  void withoutAnAnswerOfTheModelFullTextSearchWorks() throws InterruptedException {
    SilentModel model = new SilentModel();
    TermStatistics statistics = new TermStatistics(database);
    Search search = new Search(statements, new FullTextSearch(statements, statistics), new SpellingSuggester(statements, statistics),
        new QuerySuggestions(statements, statistics, new SpellingSuggester(statements, statistics)), new PersonNameMatcher(statements),
        new SemanticSearch(statements, TestEmbeddings.over(database, schema.dataSource(), model, TestEmbedder.local()),
            TestEmbedder.local(), new Feed(database),
            Executors.newVirtualThreadPerTaskExecutor()),
        new ConversationContext(statements), new Feed(database));
    TestMessages testMessages = new TestMessages(database);
    testMessages.say(List.of(new TestMessages.Line(testMessages.person("Olena"), testMessages.chat("Backend"),
        Instant.parse("2026-03-02T09:00:00Z"), "The login page is broken")));
    new SearchIndexer(database, new FailedItems(database, (event, data) -> {}))
        .index(database.ask(sql -> sql.createQuery("select id, content from message")
            .map((row, context) -> new SearchIndexer.Text(row.getObject(1, java.util.UUID.class), row.getString(2))).list()));
    Search.Findings findings = search.find("login", MessageFilter.ANY, 10);
    assertThat(findings.hits()).hasSize(1);
    assertThat(findings.knowsMeaning()).isFalse();
    assertThat(model.givenUp.await(30, TimeUnit.SECONDS)).as("the request is cancelled").isTrue();
  }
}
