package tasktracker.scoring;

import java.util.List;
import java.util.UUID;

/**
 * Messages were scored; fired inside the transaction that saves their scores.
 *
 * @param isHistory whether one of them was sent more than a day ago
 * @param signals how many of them are signals or weak signals
 */
public record MessagesScored(List<UUID> messages, boolean isHistory, int signals) {}
