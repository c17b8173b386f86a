package tasktracker.ops.check;

import java.util.Map;

/** The recommended indexes, as the migrations define them. */
final class RecommendedIndexes {

  static final Map<String, String> ALL = Map.of(
      "message_unscored", "create index message_unscored on message (sent_at desc) where importance_score is null",
      "message_score", "create index message_score on message (importance_score, sent_at desc) where importance_score is not null",
      "message_strength",
      "create index message_strength on message (coalesce(message_strength(noise_classification, importance_score), -1), sent_at, id)"
          + " where importance_score is not null",
      "message_feed", "create index message_feed on message (sent_at desc, id desc)",
      "message_class_feed", "create index message_class_feed on message (noise_classification, sent_at desc, id desc)",
      "message_chat_feed", "create index message_chat_feed on message (chat_id, sent_at desc, id desc)",
      "message_activity", "create index message_activity on message (sent_at) include (noise_classification, chat_id)");

  private RecommendedIndexes() {}
}
