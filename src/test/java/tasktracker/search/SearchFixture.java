package tasktracker.search;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import tasktracker.embedding.Embeddings;
import tasktracker.embedding.TestEmbeddings;
import tasktracker.embedding.TestMessages;
import tasktracker.message.feed.Feed;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.ai.TestEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;

/** A search with its dependencies on a test database, without the container. */
final class SearchFixture implements AutoCloseable {

  private final LocalEmbedder embedder = TestEmbedder.local();
  private final Database database;
  private final Embeddings embeddings;
  private final Search search;
  private final TestMessages messages;
  private final ConversationContext context;

  private SearchFixture(Database database) {
    this.database = database;
    this.embeddings = TestEmbeddings.over(database, embedder, embedder);
    this.messages = new TestMessages(database);
    SearchStatements statements = new SearchStatements(database, new SearchConfig(10, .7, 100, 20, 10_000));
    this.context = new ConversationContext(statements);
    TermStatistics statistics = new TermStatistics(database);
    this.search = new Search(statements, new FullTextSearch(statements, statistics), new SpellingSuggester(statements, statistics),
        new QuerySuggestions(statements, statistics, new SpellingSuggester(statements, statistics)), new PersonNameMatcher(statements),
        new SemanticSearch(statements, embeddings, embedder, new Feed(database), Executors.newVirtualThreadPerTaskExecutor()),
        context, new Feed(database));
  }

  static SearchFixture over(TestDatabase schema) {
    return over(new Database(schema.transactional()));
  }

  static SearchFixture over(Database database) {
    return new SearchFixture(database);
  }

  /** Indexes and embeds stored messages. */
  void indexAndEmbed(List<UUID> messages) {
    index(messages);
    embeddings.embed(messages);
  }

  /** Indexes stored messages without embedding them. */
  void index(List<UUID> messages) {
    new SearchIndexer(database, new FailedItems(database, (event, data) -> {}))
        .index(database.ask(sql -> sql.createQuery("select id, content from message where id = any(:ids)")
            .bindArray("ids", UUID.class, messages.toArray())
            .map((row, context) -> new SearchIndexer.Text(row.getObject(1, UUID.class), row.getString(2))).list()));
  }

  /** The context of messages. */
  ConversationContext context() {
    return context;
  }

  Search search() {
    return search;
  }

  Embeddings embeddings() {
    return embeddings;
  }

  TestMessages messages() {
    return messages;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    embedder.close();
  }
}
