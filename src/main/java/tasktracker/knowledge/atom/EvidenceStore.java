package tasktracker.knowledge.atom;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.generic.GenericType;
import tasktracker.platform.data.Database;

/** SQL statements about the quotes of atoms. All join the caller's transaction. */
@ApplicationScoped
public class EvidenceStore {

  /** Further quotes of an atom that is said again and again tell nothing new. */
  private static final int MAX_QUOTES = 50;

  private final Database database;

  @Inject
  public EvidenceStore(Database database) {
    this.database = database;
  }

  /** Inserts quotes of one atom after those that it has; a quote of the same words of the same message is
   * skipped, and so is all above {@value #MAX_QUOTES}. */
  public int add(UUID atom, List<EvidenceQuote> quotes) {
    return quotes.isEmpty()
        ? 0
        : database.ask(sql -> sql
            .createUpdate(
                """
            insert into atom_evidence (atom_id, position, message_id, revision, start_at, end_at, quote, author, sent_at)
            select :atom, (select coalesce(max(position) + 1, 0) from atom_evidence where atom_id = :atom) + row_number() over (order by n) - 1,
                   message_id, revision, start_at, end_at, quote, author, sent_at::timestamptz
              from (select distinct on (message_id, quote) *
                      from unnest(:messages, :revisions, :starts, :ends, :quotes, :authors, :times) with ordinality
                           as given (message_id, revision, start_at, end_at, quote, author, sent_at, n) order by message_id, quote, n) as q
             where not exists (select from atom_evidence e where e.atom_id = :atom and e.message_id = q.message_id and e.quote = q.quote)
             limit greatest(0, :most - (select count(*) from atom_evidence where atom_id = :atom))""")
            .bind("atom", atom).bind("most", MAX_QUOTES).bindArray("messages", UUID.class, column(quotes, EvidenceQuote::messageId))
            .bindArray("revisions", Integer.class, column(quotes, EvidenceQuote::revision))
            .bindArray("starts", Integer.class, column(quotes, EvidenceQuote::startAt))
            .bindArray("ends", Integer.class, column(quotes, EvidenceQuote::endAt))
            .bindArray("quotes", String.class, column(quotes, EvidenceQuote::quote))
            .bindArray("authors", String.class, column(quotes, EvidenceQuote::author))
            .bindArray("times", String.class, column(quotes, quote -> quote.sentAt().toString())).execute());
  }

  private static <T> Object[] column(List<T> rows, Function<T, Object> getter) {
    return rows.stream().map(getter).toArray();
  }

  /** Finds the quotes of messages. */
  public List<EvidenceQuote> findByMessages(Collection<UUID> messages) {
    return database.ask(sql -> sql.createQuery("select * from atom_evidence where message_id = any(:ids) order by atom_id, position")
        .bindArray("ids", UUID.class, messages.toArray()).map(Database.to(EvidenceQuote.class)).list());
  }

  /** Saves state and place of a quote; the quoted text never changes. */
  void update(EvidenceQuote quote) {
    database.run(sql -> sql.createUpdate("""
            update atom_evidence set state = :state, revision = :revision, start_at = :startAt, end_at = :endAt
             where atom_id = :atomId and position = :position""")
        .bindMethods(quote).execute());
  }

  /** The states of an atom's quotes by their positions. */
  Map<Integer, String> findStates(UUID atom) {
    return database.ask(sql -> sql.createQuery("select position, state from atom_evidence where atom_id = :atom").bind("atom", atom)
        .setMapKeyColumn("position").setMapValueColumn("state").collectInto(new GenericType<Map<Integer, String>>() {}));
  }

  /** Whether all quotes of an atom have this state. */
  boolean isAll(String state, UUID atom) {
    return findStates(atom).values().stream().allMatch(state::equals);
  }
}
