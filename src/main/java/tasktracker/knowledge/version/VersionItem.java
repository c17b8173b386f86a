package tasktracker.knowledge.version;

import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.json.RawJson;

/**
 * A version as lists, pages and the API show it.
 *
 * @param data JSON of the changed fields
 * @param previous JSON of the same fields before the change
 * @param entityName the present name of the topic or title of the atom
 * @param entityRevision the present revision of the topic or atom
 */
public record VersionItem(UUID id, String entityType, UUID entityId, String entityName, int version,
    @JsonbTypeAdapter(RawJson.class) String data, @JsonbTypeAdapter(RawJson.class) String previous, int baseRevision, int entityRevision,
    String status, String createdBy, Instant createdAt, @Nullable String decidedBy, @Nullable Instant decidedAt) {

  static final String SELECT = """
      select v.id, v.entity_type, v.entity_id, coalesce(t.name, a.title, '') as entity_name, v.version, v.data, v.previous, v.base_revision,
             coalesce(t.revision, a.revision, 0) as entity_revision, v.status, v.created_by, v.created_at, v.decided_by, v.decided_at
        from knowledge_version v
        left join topic t on v.entity_type = 'topic' and t.id = v.entity_id
        left join atom a on v.entity_type = 'atom' and a.id = v.entity_id
      """;

  /** Whether the version was approved; programs read this. */
  public boolean isApproved() {
    return status.equals("approved");
  }

  @JsonbTransient
  public boolean isPending() {
    return status.equals("pending");
  }

  /** Whether the topic or atom was changed after the version was made for it. */
  @JsonbTransient
  public boolean isStale() {
    return isPending() && entityRevision != baseRevision;
  }

  /** The changed fields with their difference. */
  @JsonbTransient
  public List<FieldDiff> diff() {
    return FieldDiff.of(parse(previous), parse(data));
  }

  /** The difference of the fields that both versions changed, or one of them. */
  public List<FieldDiff> diffFrom(VersionItem earlier) {
    Map<String, String> before = new LinkedHashMap<>(parse(previous));
    before.putAll(parse(earlier.data()));
    Map<String, String> after = new LinkedHashMap<>(before);
    after.putAll(parse(data));
    return FieldDiff.of(before, after);
  }

  static Map<String, String> parse(String json) {
    Map<String, String> fields = new LinkedHashMap<>();
    Json.jsonb().fromJson(json, Map.class).forEach((name, value) -> fields.put(String.valueOf(name), String.valueOf(value)));
    return fields;
  }
}
