package tasktracker.search;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/**
 * The query parameters of a search.
 *
 * @param text the query, or null if it is empty
 * @param author the author filter: part of a name
 * @param filter the filter for messages
 * @param limit the maximum number of results
 */
@QueryParameters(value = {"q", "author", "author_id", "chat", "chat_id", "source", "from", "to", "date_from", "date_to",
    "limit"}, repeatable = "class")
record SearchQuery(@Nullable String text, @Nullable String author, @Nullable UUID chat, Set<String> classes,
    @Nullable String from, @Nullable String to, MessageFilter filter, int limit) {

  static final int MAX_LENGTH = 1000;
  static final int MAX_LIMIT = 100;

  /**
   * Parses {@code q, author, author_id, chat, chat_id, source, from, to, date_from, date_to, class, limit}.
   *
   * @throws Problem 400 if a parameter is invalid
   */
  static SearchQuery of(Query query, int defaultLimit) {
    Set<String> classes = new LinkedHashSet<>(query.among("class", MessageFilter.CLASSES));
    UUID chat = query.id("chat") != null ? query.id("chat") : query.id("chat_id");
    String author = query.text("author", 200);
    UUID authorId = parseId(author) != null ? parseId(author) : query.id("author_id");
    MessageFilter filter = new MessageFilter(null, parseId(author) != null ? null : author, authorId, query.text("source", 100), chat,
        classes,
        query.from("from") != null ? query.from("from") : query.from("date_from"),
        query.until("to") != null ? query.until("to") : query.until("date_to"), null, null, null);
    return new SearchQuery(query.text("q", MAX_LENGTH), author, chat, classes, query.text("from", 40), query.text("to", 40),
        filter, query.number("limit", defaultLimit, 1, MAX_LIMIT));
  }

  private static @Nullable UUID parseId(@Nullable String text) {
    try {
      return text == null ? null : Query.uuid(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether no filter of messages is set, so that topics and atoms are searched too. */
  boolean isForAll() {
    return filter.equals(MessageFilter.ANY);
  }

  /**
   * Returns the query.
   *
   * @throws Problem 400 if it is empty
   */
  String requireText() {
    if (text == null) {
      throw Problem.badRequest("The parameter q must not be empty.");
    }
    return text;
  }
}
