package tasktracker.search;

import java.util.List;
import java.util.UUID;
import tasktracker.embedding.Embeddings;
import tasktracker.embedding.TestMessages;
import tasktracker.embedding.TestEmbeddings;
import tasktracker.message.Feed;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;

/** The search of the product over a database of its own, put together as the container does it. */
final class SearchFixture implements AutoCloseable {

  private final LocalEmbedder embedder = new LocalEmbedder();
  private final Database database;
  private final Embeddings embeddings;
  private final Search search;
  private final TestMessages talk;
  private final ConversationContext neighbours;

  private SearchFixture(Database database) {
    this.database = database;
    this.embeddings = TestEmbeddings.over(database, embedder, embedder);
    this.talk = new TestMessages(database);
    SearchStatements searching = new SearchStatements(database, new SearchConfig(10, .7, 100, 20, 10_000));
    this.neighbours = new ConversationContext(searching);
    TermStatistics statistics = new TermStatistics(database);
    this.search = new Search(searching, new FullTextSearch(searching, statistics), new SpellingSuggester(searching, statistics),
        new QuerySuggestions(searching, statistics, new SpellingSuggester(searching, statistics)), new PersonNameMatcher(searching), new SemanticSearch(searching, embeddings, new Feed(database)),
        neighbours, new Feed(database));
  }

  static SearchFixture over(TestDatabase schema) {
    return over(new Database(schema.transactional()));
  }

  static SearchFixture over(Database database) {
    return new SearchFixture(database);
  }

  /** Indexes and embeds messages that were put into the database. */
  void learn(List<UUID> messages) {
    index(messages);
    embeddings.embed(messages);
  }

  /** Indexes messages that were put into the database; their meaning stays unknown. */
  void index(List<UUID> messages) {
    new SearchIndexer(database, new FailedItems(database, (event, data) -> {})).index(database.ask(sql -> sql.createQuery("select id, content from message where id = any(:ids)")
        .bindArray("ids", UUID.class, messages.toArray())
        .map((row, context) -> new SearchIndexer.Text(row.getObject(1, UUID.class), row.getString(2))).list()));
  }

  /** What was said around messages. */
  ConversationContext neighbours() {
    return neighbours;
  }

  Search search() {
    return search;
  }

  Embeddings embeddings() {
    return embeddings;
  }

  TestMessages talk() {
    return talk;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    embedder.close();
  }
}
