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

/** Finds the messages immediately before and after a message in its chat, which give it context. */
@ApplicationScoped
class ConversationContext {

  /** The previous and the next message in the chat, within half an hour. */
  record AdjacentMessages(Hit.@Nullable AdjacentMessage before, Hit.@Nullable AdjacentMessage after) {
    static final AdjacentMessages NONE = new AdjacentMessages(null, null);
  }

  private record Pair(UUID of, UUID said) {}

  private record AdjacentRow(UUID of, boolean earlier, UUID id, String author, String text) {}

  /** A subquery {@code n} with the ids of the messages before and after {@code message m}. */
  private static final String ADJACENT_IDS = """
      lateral (
        (select b.id, true as earlier from message b where b.chat_id = m.chat_id and (b.sent_at, b.id) < (m.sent_at, m.id)
            and b.sent_at > m.sent_at - interval '30 minutes' order by b.sent_at desc, b.id desc limit 1) union all
        (select a.id, false from message a where a.chat_id = m.chat_id and (a.sent_at, a.id) > (m.sent_at, m.id)
            and a.sent_at < m.sent_at + interval '30 minutes' order by a.sent_at, a.id limit 1)) as n
      """;

  private final SearchStatements statements;

  @Inject
  ConversationContext(SearchStatements statements) {
    this.statements = statements;
  }

  /** The ids of the adjacent messages of each of these messages. */
  Map<UUID, List<UUID>> findAdjacentIds(List<UUID> messages) {
    return statements
        .ask(sql -> sql.createQuery("select m.id as of, n.id as said from message m cross join " + ADJACENT_IDS + " where m.id = any(:ids)")
            .bindArray("ids", UUID.class, messages.toArray()).map(Database.to(Pair.class)).list())
        .stream()
        .collect(Collectors.groupingBy(Pair::of, Collectors.mapping(Pair::said, Collectors.toList())));
  }

  /** The adjacent messages of each of these messages. */
  Map<UUID, AdjacentMessages> findAdjacent(List<UUID> messages) {
    List<AdjacentRow> rows = statements.ask(sql -> sql.createQuery("""
            select m.id as of, n.earlier, s.id, trim(p.first_name || ' ' || coalesce(p.last_name, '')) as author,
                   left(s.content, 160) as text
              from message m cross join\s""" + ADJACENT_IDS + """
              join message s on s.id = n.id join person p on p.id = s.author_id where m.id = any(:ids)""")
        .bindArray("ids", UUID.class, messages.toArray()).map(Database.to(AdjacentRow.class)).list());
    Map<UUID, AdjacentMessages> adjacent = new HashMap<>();
    for (AdjacentRow row : rows) {
      Hit.AdjacentMessage message = new Hit.AdjacentMessage(row.id(), row.author(), row.text());
      adjacent.merge(row.of(), row.earlier() ? new AdjacentMessages(message, null) : new AdjacentMessages(null, message),
          (one, other) -> new AdjacentMessages(one.before() == null ? other.before() : one.before(),
              one.after() == null ? other.after() : one.after()));
    }
    return adjacent;
  }
}
