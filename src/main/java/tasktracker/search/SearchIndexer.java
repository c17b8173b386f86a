package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tasktracker.message.MessageReceived;
import tasktracker.message.MessageRevised;
import tasktracker.message.MessagesStored;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;

/**
 * Maintains the full-text index. Messages are indexed in the transaction that stores them, so every stored message can
 * be found. A text that cannot be analysed is recorded as a failed item, and its message is stored nevertheless.
 */
@ApplicationScoped
public class SearchIndexer implements FailedItemHandler {

  /** The kind of failed items that indexing records. */
  private static final String FAILED_KIND = "index_message";
  private static final int MAX_WORD_LENGTH = 40;
  /** The number of words of a message that are indexed: as many as 64 KiB of the shortest words. */
  private static final int MAX_WORDS = 40_000;
  /** The number of distinct words of a batch that are stored for spelling suggestions. */
  private static final int MAX_SPELLING_WORDS = 50_000;
  /** The number of characters of terms in one statement, and of bytes of text in one batch. */
  private static final int MAX_BATCH_SIZE = 1 << 20;

  /** The id and the text of a message. */
  public record Text(UUID message, String content) {}

  private record Document(UUID message, String terms, int words) {}

  private final Database database;
  private final FailedItems failedItems;

  @Inject
  public SearchIndexer(Database database, FailedItems failedItems) {
    this.database = database;
    this.failedItems = failedItems;
  }

  void on(@Observes MessageReceived event) {
    index(List.of(new Text(event.messageId(), event.content())));
  }

  void on(@Observes MessagesStored event) {
    index(event.messages().stream().map(m -> new Text(m.id(), m.content())).toList());
  }

  void on(@Observes MessageRevised event) {
    database.run(sql -> sql.execute("delete from search_document where message_id = ?", event.messageId()));
    index(List.of(new Text(event.messageId(), event.content())));
  }

  /** Indexes messages or replaces their documents. Joins the caller's transaction. Idempotent. */
  public void index(List<Text> texts) {
    write(texts, false, this::save);
  }

  /**
   * Passes the documents of the texts to the writer in batches, and stores their words for spelling suggestions.
   *
   * @param withEmpty whether a text without words has a document too
   */
  private void write(List<Text> texts, boolean withEmpty, Consumer<List<Document>> writer) {
    TextAnalyzer analyzer = TextAnalyzer.create();
    List<Document> documents = new ArrayList<>();
    Set<String> spellingWords = new TreeSet<>();
    long size = 0;
    for (Text text : texts) {
      Optional<List<TextAnalyzer.Word>> analyzed = analyze(analyzer, text);
      List<TextAnalyzer.Word> words = analyzed.orElse(List.of());
      words.stream().takeWhile(w -> spellingWords.size() < MAX_SPELLING_WORDS).flatMap(TextAnalyzer.Word::spellingWords)
          .filter(SearchIndexer::isWord).forEach(spellingWords::add);
      if (!words.isEmpty() || withEmpty && analyzed.isPresent()) {
        documents.add(new Document(text.message(), TextSearchFormat.toTsVector(words), words.size()));
        size += documents.getLast().terms().length();
      }
      if (size > MAX_BATCH_SIZE) {
        writer.accept(documents);
        documents.clear();
        size = 0;
      }
    }
    writer.accept(documents);
    saveSpellingWords(spellingWords);
  }

  /** The words of the text; empty if it cannot be analysed, and is listed as a failed item. */
  private Optional<List<TextAnalyzer.Word>> analyze(TextAnalyzer analyzer, Text text) {
    try {
      return Optional.of(analyzer.analyze(text.content(), MAX_WORDS));
    } catch (RuntimeException | StackOverflowError e) {
      failedItems.record(FAILED_KIND, FailedItems.Failure.ofMessage(text.message(), e));
      return Optional.empty();
    }
  }

  @Override
  public String failedKind() {
    return FAILED_KIND;
  }

  @Override
  public void retry(List<FailedItem> items) {
    replace(database.ask(sql -> sql.createQuery("select id as message, content, revision from message where id = any(:ids)")
        .bindArray("ids", UUID.class, items.stream().map(FailedItem::messageId).toArray()).map(Database.to(Outdated.class)).list()), "");
  }

  /** Whether spelling suggestions apply to the word; numbers are excluded. */
  private static boolean isWord(String word) {
    int length = word.codePointCount(0, word.length());
    return length >= 3 && length <= MAX_WORD_LENGTH && word.codePoints().allMatch(c -> Character.isLetter(c) || c == '\'');
  }

  private void save(List<Document> documents) {
    database.run(sql -> sql.createUpdate("""
            insert into search_document (message_id, terms, words, analysis)
            select message, terms, words, :version
              from unnest(:messages, cast(:terms as tsvector[]), :words) as t (message, terms, words) order by 1
            on conflict (message_id) do update set terms = excluded.terms, words = excluded.words, analysis = excluded.analysis""")
        .bindArray("messages", UUID.class, documents.stream().map(Document::message).toArray())
        .bindArray("terms", String.class, documents.stream().map(Document::terms).toArray())
        .bindArray("words", Integer.class, documents.stream().map(Document::words).toArray())
        .bind("version", TextAnalyzer.VERSION).execute());
  }

  /** A message whose document is missing or was created by an earlier analysis, and the revision of its text. */
  public record Outdated(UUID message, String content, int revision) {}

  /** The number of documents that were created by an earlier analysis. */
  public long countOutdated() {
    return database.ask(sql -> sql.createQuery("select count(*) from search_document d where analysis < :version and "
        + FailedItems.exclude(FAILED_KIND, "d.message_id"))
        .bind("version", TextAnalyzer.VERSION).mapTo(Long.class).one());
  }

  /**
   * The next messages whose documents are outdated or missing, ordered by id: at most the given number, and at most 1 MiB
   * of text except for the first message.
   */
  public List<Outdated> findOutdatedAfter(UUID last, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select m.id as message, m.content, m.revision
              from (select id, sum(octet_length(content)) over (order by id) - octet_length(content) as before from (
                      select m.id, m.content from message m left join search_document d on d.message_id = m.id
                       where m.id > :last and m.content <> '' and (d.analysis is null or d.analysis < :version) and %s
                       order by m.id limit :most) as next) as n
              join message m on m.id = n.id where n.before <= :bytes order by m.id""".formatted(FailedItems.exclude(FAILED_KIND, "m.id")))
        .bind("last", last).bind("version", TextAnalyzer.VERSION).bind("most", limit).bind("bytes", MAX_BATCH_SIZE)
        .map(Database.to(Outdated.class)).list());
  }

  /**
   * Replaces the documents of messages. A message that was edited or deleted in the meantime, or is locked by another
   * transaction, keeps its document. The method does not wait for locks.
   */
  public void reindex(List<Outdated> messages) {
    replace(messages, "skip locked");
  }

  private void replace(List<Outdated> messages, String locking) {
    Map<UUID, Integer> revisions = messages.stream().collect(Collectors.toMap(Outdated::message, Outdated::revision));
    write(messages.stream().map(m -> new Text(m.message(), m.content())).toList(), true,
        documents -> replace(documents, revisions, locking));
  }

  private void replace(List<Document> documents, Map<UUID, Integer> revisions, String locking) {
    database.run(sql -> sql.createUpdate("""
            insert into search_document as d (message_id, terms, words, analysis)
            select t.message, t.terms, t.words, :version
              from unnest(:messages, cast(:terms as tsvector[]), :words, :revisions) as t (message, terms, words, revision)
              join message m on m.id = t.message and m.revision = t.revision order by 1 for share of m <locking>
            on conflict (message_id) do update set terms = excluded.terms, words = excluded.words, analysis = excluded.analysis
             where d.analysis < excluded.analysis""")
        .define("locking", locking)
        .bindArray("messages", UUID.class, documents.stream().map(Document::message).toArray())
        .bindArray("terms", String.class, documents.stream().map(Document::terms).toArray())
        .bindArray("words", Integer.class, documents.stream().map(Document::words).toArray())
        .bindArray("revisions", Integer.class, documents.stream().map(d -> revisions.get(d.message())).toArray())
        .bind("version", TextAnalyzer.VERSION).execute());
  }

  /** Two concurrent transactions may both insert the same word, so that neither waits for the other. */
  private void saveSpellingWords(Set<String> words) {
    database.run(sql -> sql.createUpdate("""
            insert into search_word select w.word from unnest(:words) as w (word)
             where not exists (select from search_word known where known.word = w.word)""")
        .bindArray("words", String.class, words.toArray()).execute());
  }
}
