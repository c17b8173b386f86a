package tasktracker.search;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageFilter;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Query;
import tasktracker.platform.web.QueryParameters;

/**
 * What a search asks for, as addresses write it.
 *
 * @param text what is looked for, or null when nothing was typed
 * @param author what was typed into the filter: part of a name
 * @param filter which messages may be found
 * @param limit how many at most
 */
@QueryParameters(value = {"q", "author", "author_id", "chat", "chat_id", "source", "from", "to", "date_from", "date_to", "limit"},
    repeatable = "class")
record SearchQuery(@Nullable String text, @Nullable String author, @Nullable UUID chat, Set<String> classes,
    @Nullable String from, @Nullable String to, MessageFilter filter, int limit) {

  static final int LONGEST = 1000;
  static final int MOST = 100;

  /**
   * Reads {@code q, author, author_id, chat, chat_id, source, from, to, date_from, date_to, class, limit}.
   *
   * @throws Problem 400 when one of them is not understood
   */
  static SearchQuery of(Query query, int usualLimit) {
    Set<String> classes = new LinkedHashSet<>(query.among("class", MessageFilter.CLASSES));
    UUID chat = query.id("chat") != null ? query.id("chat") : query.id("chat_id");
    String author = query.text("author", 200);
    UUID authorId = asId(author) != null ? asId(author) : query.id("author_id");
    MessageFilter filter = new MessageFilter(null, asId(author) != null ? null : author, authorId, query.text("source", 100), chat, classes,
        query.from("from") != null ? query.from("from") : query.from("date_from"),
        query.until("to") != null ? query.until("to") : query.until("date_to"), null, null, null);
    return new SearchQuery(query.text("q", LONGEST), author, chat, classes, query.text("from", 40), query.text("to", 40),
        filter, query.number("limit", usualLimit, 1, MOST));
  }

  private static @Nullable UUID asId(@Nullable String text) {
    try {
      return text == null ? null : Query.uuid(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What is looked for, for callers that cannot do without. */
  String required() {
    if (text == null) {
      throw Problem.badRequest("The parameter q must not be empty.");
    }
    return text;
  }
}
