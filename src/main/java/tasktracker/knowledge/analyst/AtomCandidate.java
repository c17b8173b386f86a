package tasktracker.knowledge.analyst;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An atom that an analyst proposes.
 *
 * @param topic the key of its topic, or null
 * @param title at most 12 words that name subject and verb, in the language of the messages
 * @param content one to three sentences
 * @param confidence 0 to 1; of the built-in analyst the precision measured at its rank
 * @param quotes at least one, the most important first
 * @param reason why it was proposed
 */
public record AtomCandidate(String key, AtomType type, @Nullable String topic, String title, String content, double confidence,
    List<Quote> quotes, AnalystReason reason) {}
