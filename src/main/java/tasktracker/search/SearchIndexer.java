package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageReceived;
import tasktracker.message.MessageRevised;
import tasktracker.message.MessagesStored;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;

/**
 * Keeps the words of every message where searches look for them, in the transaction that keeps the message: what has
 * been stored is found. A text that cannot be read is set aside as a failed item: its message is kept all the same.
 */
@ApplicationScoped
public class SearchIndexer implements FailedItemHandler {

  /** What failed items are listed as. */
  private static final String FAILED = "index_message";
  private static final int LONGEST_WORD = 40;
  /** Words of one message that can be found; as many as 64 KiB of the shortest words. */
  private static final int MOST_WORDS = 40_000;
  /** Different words of one batch that are learnt for corrections of spelling. */
  private static final int MOST_LEARNT = 50_000;
  /** Characters of terms that are sent to the database at once. */
  private static final int MOST_SENT = 1 << 20;

  /** A message and what it says. */
  public record Text(UUID message, String content) {}

  private record Document(UUID message, String terms, int words) {}

  private @Nullable Database database;
  private @Nullable FailedItems failedItems;

  protected SearchIndexer() {}

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

  /** Indexes messages, or does it anew; joins the caller's transaction. */
  public void index(List<Text> texts) {
    write(texts, this::store);
  }

  /** Hands the documents of the texts over in batches, and learns their words. */
  private void write(List<Text> texts, Consumer<List<Document>> store) {
    TextAnalyzer forms = TextAnalyzer.take();
    List<Document> documents = new ArrayList<>();
    Set<String> written = new TreeSet<>();
    long size = 0;
    for (Text text : texts) {
      List<TextAnalyzer.Word> words = words(forms, text);
      words.stream().takeWhile(w -> written.size() < MOST_LEARNT).flatMap(TextAnalyzer.Word::readable).filter(SearchIndexer::isSpelt).forEach(written::add);
      if (!words.isEmpty()) {
        documents.add(new Document(text.message(), TextSearchFormat.vector(words), words.size()));
        size += documents.getLast().terms().length();
      }
      if (size > MOST_SENT) {
        store.accept(documents);
        documents.clear();
        size = 0;
      }
    }
    store.accept(documents);
    learn(written);
  }

  /** None of a text that cannot be read. */
  private List<TextAnalyzer.Word> words(TextAnalyzer forms, Text text) {
    try {
      return forms.read(text.content(), MOST_WORDS);
    } catch (RuntimeException | StackOverflowError e) {
      failedItems.record(FAILED, FailedItems.Failure.ofMessage(text.message(), e));
      return List.of();
    }
  }

  @Override
  public String failedKind() {
    return FAILED;
  }

  @Override
  public void retry(List<FailedItem> items) {
    index(database.ask(sql -> sql.createQuery("select id as message, content from message where id = any(:ids)")
        .bindArray("ids", UUID.class, items.stream().map(FailedItem::messageId).toArray()).map(Database.to(Text.class)).list()));
  }

  /** Numbers and the like cannot be misspelt. */
  private static boolean isSpelt(String word) {
    int length = word.codePointCount(0, word.length());
    return length >= 3 && length <= LONGEST_WORD && word.codePoints().allMatch(c -> Character.isLetter(c) || c == '\'');
  }

  private void store(List<Document> documents) {
    database.run(sql -> sql.createUpdate("""
            insert into search_document (message_id, terms, words, analysis)
            select message, terms, words, :version from unnest(:messages, cast(:terms as tsvector[]), :words) as t (message, terms, words) order by 1
            on conflict (message_id) do update set terms = excluded.terms, words = excluded.words, analysis = excluded.analysis""")
        .bindArray("messages", UUID.class, documents.stream().map(Document::message).toArray())
        .bindArray("terms", String.class, documents.stream().map(Document::terms).toArray())
        .bindArray("words", Integer.class, documents.stream().map(Document::words).toArray())
        .bind("version", TextAnalyzer.VERSION).execute());
  }

  /** A message whose document an earlier analysis has made, or which has none, and the revision of its text. */
  public record Outdated(UUID message, String content, int revision) {}

  /** How many documents an earlier analysis has made. */
  public long countOutdated() {
    return database.ask(sql -> sql.createQuery("select count(*) from search_document where analysis < :version")
        .bind("version", TextAnalyzer.VERSION).mapTo(Long.class).one());
  }

  /**
   * The next messages whose documents are outdated or missing, in the order of their ids: up to so many and, but for
   * the first, up to 1 MiB of text.
   */
  public List<Outdated> outdatedAfter(UUID last, int most) {
    return database.ask(sql -> sql.createQuery("""
            select m.id as message, m.content, m.revision
              from (select id, sum(octet_length(content)) over (order by id) - octet_length(content) as before from (
                      select m.id, m.content from message m left join search_document d on d.message_id = m.id
                       where m.id > :last and m.content <> '' and (d.analysis is null or d.analysis < :version)
                       order by m.id limit :most) as next) as n
              join message m on m.id = n.id where n.before <= :bytes order by m.id""")
        .bind("last", last).bind("version", TextAnalyzer.VERSION).bind("most", most).bind("bytes", MOST_SENT)
        .map(Database.to(Outdated.class)).list());
  }

  /**
   * Makes the documents of messages anew. A message that was edited or deleted meanwhile, or that somebody is just
   * changing, keeps the document that it has: nobody is waited for.
   */
  public void renew(List<Outdated> messages) {
    Map<UUID, Integer> revisions = messages.stream().collect(Collectors.toMap(Outdated::message, Outdated::revision));
    write(messages.stream().map(m -> new Text(m.message(), m.content())).toList(), documents -> renew(documents, revisions));
  }

  private void renew(List<Document> documents, Map<UUID, Integer> revisions) {
    database.run(sql -> sql.createUpdate("""
            insert into search_document as d (message_id, terms, words, analysis)
            select t.message, t.terms, t.words, :version
              from unnest(:messages, cast(:terms as tsvector[]), :words, :revisions) as t (message, terms, words, revision)
              join message m on m.id = t.message and m.revision = t.revision order by 1 for share of m skip locked
            on conflict (message_id) do update set terms = excluded.terms, words = excluded.words, analysis = excluded.analysis
             where d.analysis < excluded.analysis""")
        .bindArray("messages", UUID.class, documents.stream().map(Document::message).toArray())
        .bindArray("terms", String.class, documents.stream().map(Document::terms).toArray())
        .bindArray("words", Integer.class, documents.stream().map(Document::words).toArray())
        .bindArray("revisions", Integer.class, documents.stream().map(d -> revisions.get(d.message())).toArray())
        .bind("version", TextAnalyzer.VERSION).execute());
  }

  /** Two transactions that learn a word at the same time both keep it: neither waits for the other. */
  private void learn(Set<String> words) {
    database.run(sql -> sql.createUpdate("""
            insert into search_word select w.word from unnest(:words) as w (word)
             where not exists (select from search_word known where known.word = w.word)""").bindArray("words", String.class, words.toArray()).execute());
  }
}
