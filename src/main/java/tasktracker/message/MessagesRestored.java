package tasktracker.message;

import java.util.List;

/**
 * A batch of messages was restored after a deletion; fired inside the transaction that stores them and before {@link
 * MessagesStored}.
 *
 * @param corrections the corrections that were deleted with the messages: for each corrected message a JSON array of rows
 */
public record MessagesRestored(List<String> corrections) {}
