package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Knows what was said right before and after a message: a turn of a talk is understood by its neighbours. */
@ApplicationScoped
class ConversationContext {

  /** What was said around a message, within half an hour. */
  record Around(Hit.@Nullable Said before, Hit.@Nullable Said after) {
    static final Around NOTHING = new Around(null, null);
  }

  private record Pair(UUID of, UUID said) {}

  private record Row(UUID of, boolean earlier, UUID id, String author, String text) {}

  /** The neighbours of {@code message m}, by id, over {@code n}. */
  private static final String LATERAL = """
      lateral (
        (select b.id, true as earlier from message b where b.chat_id = m.chat_id and (b.sent_at, b.id) < (m.sent_at, m.id)
            and b.sent_at > m.sent_at - interval '30 minutes' order by b.sent_at desc, b.id desc limit 1) union all
        (select a.id, false from message a where a.chat_id = m.chat_id and (a.sent_at, a.id) > (m.sent_at, m.id)
            and a.sent_at < m.sent_at + interval '30 minutes' order by a.sent_at, a.id limit 1)) as n
      """;

  private @Nullable SearchStatements searching;

  protected ConversationContext() {}

  @Inject
  ConversationContext(SearchStatements searching) {
    this.searching = searching;
  }

  /** Which messages stand beside each of these. */
  Map<UUID, List<UUID>> beside(List<UUID> messages) {
    return searching.ask(sql -> sql.createQuery("select m.id as of, n.id as said from message m cross join " + LATERAL + " where m.id = any(:ids)")
        .bindArray("ids", UUID.class, messages.toArray()).map(Database.to(Pair.class)).list()).stream()
        .collect(Collectors.groupingBy(Pair::of, Collectors.mapping(Pair::said, Collectors.toList())));
  }

  /** What was said around each of these messages. */
  Map<UUID, Around> of(List<UUID> messages) {
    List<Row> rows = searching.ask(sql -> sql.createQuery("""
            select m.id as of, n.earlier, s.id, trim(p.first_name || ' ' || coalesce(p.last_name, '')) as author, left(s.content, 160) as text
              from message m cross join\s""" + LATERAL + """
              join message s on s.id = n.id join person p on p.id = s.author_id where m.id = any(:ids)""")
        .bindArray("ids", UUID.class, messages.toArray()).map(Database.to(Row.class)).list());
    Map<UUID, Around> around = new HashMap<>();
    for (Row row : rows) {
      Hit.Said said = new Hit.Said(row.id(), row.author(), row.text());
      around.merge(row.of(), row.earlier() ? new Around(said, null) : new Around(null, said),
          (one, other) -> new Around(one.before() == null ? other.before() : one.before(), one.after() == null ? other.after() : one.after()));
    }
    return around;
  }
}
