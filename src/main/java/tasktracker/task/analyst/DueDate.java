package tasktracker.task.analyst;

import tasktracker.knowledge.analyst.Quote;
import tasktracker.task.date.DatePhrase;

/**
 * When a task is due, by the words of a message.
 *
 * @param phrase what the words mean; its positions are those of the quote
 * @param quote the words
 */
public record DueDate(DatePhrase phrase, Quote quote) {}
