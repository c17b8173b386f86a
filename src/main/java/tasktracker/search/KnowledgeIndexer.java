package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tasktracker.knowledge.atom.AtomWritten;
import tasktracker.knowledge.topic.TopicWritten;
import tasktracker.platform.data.Database;

/** Maintains the full-text index of topics and atoms, in the transactions that write them. */
@ApplicationScoped
public class KnowledgeIndexer {

  private static final System.Logger LOG = System.getLogger(KnowledgeIndexer.class.getName());
  /** Titles and contents have at most 5,200 characters together. */
  private static final int MAX_WORDS = 5_200;

  private final Database database;

  @Inject
  public KnowledgeIndexer(Database database) {
    this.database = database;
  }

  /** A topic or atom, and its text. */
  private record Text(UUID id, boolean isTopic, String text) {}

  void on(@Observes TopicWritten event) {
    index(List.of(new Text(event.topicId(), true, event.name() + "\n" + event.description())));
  }

  void on(@Observes AtomWritten event) {
    index(List.of(new Text(event.atomId(), false, event.title() + "\n" + event.content())));
  }

  private void index(List<Text> texts) {
    TextAnalyzer analyzer = TextAnalyzer.create();
    List<Text> analyzed = new ArrayList<>();
    List<String> terms = new ArrayList<>();
    for (Text text : texts) {
      try {
        terms.add(TextSearchFormat.toTsVector(analyzer.analyze(text.text(), MAX_WORDS)));
        analyzed.add(text);
      } catch (RuntimeException | StackOverflowError e) {
        // It is stored without a document; the nightly job tries again.
        LOG.log(Level.WARNING, () -> "The text of " + text.id() + " cannot be analysed and is not found by its words", e);
      }
    }
    save(analyzed, terms);
  }

  private void save(List<Text> texts, List<String> terms) {
    database.run(sql -> sql.registerArrayType(Boolean.class, "bool").createUpdate("""
            insert into knowledge_document (id, topic_id, atom_id, terms, analysis)
            select id, case when is_topic then id end, case when not is_topic then id end, terms, :version
              from unnest(:ids, :topics, cast(:terms as tsvector[])) as t (id, is_topic, terms) order by 1
            on conflict (id) do update set terms = excluded.terms, analysis = excluded.analysis""")
        .bindArray("ids", UUID.class, texts.stream().map(Text::id).toArray())
        .bindArray("topics", Boolean.class, texts.stream().map(Text::isTopic).toArray())
        .bindArray("terms", String.class, terms.toArray()).bind("version", TextAnalyzer.VERSION).execute());
  }

  /** Whether any topic or atom has no document of the present analysis. */
  public boolean hasOutdated() {
    return !findOutdatedAfter(new UUID(0, 0), 1).isEmpty();
  }

  /**
   * Indexes the next topics and atoms, by id, whose documents are outdated or missing.
   *
   * @return the id of the last one; the given id if none is left
   */
  @Transactional
  public UUID reindexAfter(UUID last, int limit) {
    List<Text> outdated = findOutdatedAfter(last, limit);
    index(outdated);
    return outdated.isEmpty() ? last : outdated.getLast().id();
  }

  /** The rows are locked, so that the document is of the latest text. */
  private List<Text> findOutdatedAfter(UUID last, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id, is_topic, text from (
              select * from (select t.id, true as is_topic, t.name || E'\\n' || t.description as text from topic t
                 left join knowledge_document d on d.id = t.id
                where t.id > :last and (d.analysis is null or d.analysis < :version) order by t.id limit :limit for share of t) as topics
              union all
              select * from (select a.id, false, a.title || E'\\n' || a.content from atom a left join knowledge_document d on d.id = a.id
                where a.id > :last and (d.analysis is null or d.analysis < :version) order by a.id limit :limit for share of a) as atoms
            ) as outdated order by id limit :limit""")
        .bind("last", last).bind("limit", limit).bind("version", TextAnalyzer.VERSION).map(Database.to(Text.class)).list());
  }
}
