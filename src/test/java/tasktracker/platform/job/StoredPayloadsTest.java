package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Jobs in the job table outlive an upgrade: their kinds and payloads are read as the release before 30 November 2026 wrote them. */
class StoredPayloadsTest {

  private static final String ID = "018f3a2b-1c4d-7e5f-8a9b-0c1d2e3f4a5b";

  private static final Map<String, String> STORED = Map.ofEntries(
      Map.entry("answer_telegram_command", "{\"inbox_id\":\"" + ID + "\"}"),
      Map.entry("check_telegram_task", "{}"),
      Map.entry("delete_import_files_task", "{}"),
      Map.entry("embed_atoms_batch_task", "{\"atoms\":[\"" + ID + "\"]}"),
      Map.entry("embed_messages_batch_task", "{\"messages\":[\"" + ID + "\"]}"),
      Map.entry("embed_missing_messages_task", "{}"),
      Map.entry("classify_messages_by_project_task", "{}"),
      Map.entry("classify_topics_by_project_task", "{\"topics\":[\"" + ID + "\"]}"),
      Map.entry("embed_topics_batch_task", "{\"topics\":[\"" + ID + "\"]}"),
      Map.entry("extract_knowledge_from_messages_task",
          "{\"extraction_id\":\"" + ID + "\",\"message_ids\":[\"" + ID + "\"],\"created_by\":\"olena\"}"),
      Map.entry("execute_analysis_run", "{\"run_id\":\"" + ID + "\"}"),
      Map.entry("fail_lost_analysis_runs_task", "{}"),
      Map.entry("fail_lost_imports_task", "{}"),
      Map.entry("fetch_avatar_task", "{\"person_id\":\"" + ID + "\"}"),
      Map.entry("forget_deleted_messages_task", "{}"),
      Map.entry("ingest_telegram_messages_task", "{\"import_id\":\"" + ID + "\"}"),
      Map.entry("move_deleted_messages_task", "{\"deletion_id\":\"" + ID + "\"}"),
      Map.entry("process_message", "{\"text\":\"Привіт\"}"),
      Map.entry("prune_jobs", "{}"),
      Map.entry("rebuild_vector_index_task", "{}"),
      Map.entry("reclassify_messages_task", "{\"generation\":7}"),
      Map.entry("rehearse_import_task", "{\"import_id\":\"" + ID + "\"}"),
      Map.entry("reindex_knowledge_task", "{}"),
      Map.entry("reindex_messages_task", "{}"),
      Map.entry("reencrypt_secrets_task", "{}"),
      Map.entry("reread_telegram_updates", "{}"),
      Map.entry("retry_failed_items_task", "{}"),
      Map.entry("save_telegram_message", "{\"inbox_id\":\"" + ID + "\"}"),
      Map.entry("scheduled_knowledge_extraction_task", "{}"),
      Map.entry("score_message_task", "{\"message_id\":\"" + ID + "\"}"),
      Map.entry("score_settled_messages_task", "{}"),
      Map.entry("score_unscored_messages_task", "{\"message_ids\":[\"" + ID + "\"],\"limit\":null}"),
      Map.entry("settle_vectors_task", "{}"),
      Map.entry("purge_model_calls_task", "{}"),
      Map.entry("start_due_extraction_task", "{\"history\":true}"),
      Map.entry("undo_import_task", "{\"import_id\":\"" + ID + "\"}"),
      Map.entry("validate_provider_task", "{\"provider_id\":\"" + ID + "\"}"));

  private final Map<String, Class<?>> declared = DeclaredJobs.find().stream().collect(Collectors.toMap(JobKind::nameOf, job -> job));

  @Test
  void eachKindHasAStoredPayload() {
    assertThat(declared.keySet()).containsExactlyInAnyOrderElementsOf(STORED.keySet());
  }

  @Test
  void aPayloadStoredByAnEarlierReleaseIsRead() {
    STORED.forEach((kind, payload) -> {
      Job job = Payloads.read(declared.get(kind).asSubclass(Job.class), payload);
      assertThat(Payloads.object(Payloads.write(job))).as(kind).isEqualTo(Payloads.object(payload));
    });
  }
}
