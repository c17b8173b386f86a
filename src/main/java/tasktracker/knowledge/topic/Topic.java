package tasktracker.knowledge.topic;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.NormalizedText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** A named theme of the discussion. It is never deleted, only archived, so that messages keep their topic. */
@Entity
@Table(name = "topic")
public class Topic {

  public static final int MAX_NAME = 100;
  public static final int MAX_DESCRIPTION = 5000;

  @Id private UUID id;
  private String name;
  private String nameKey;
  private String description;
  private String icon;
  private String color;
  @Column(name = "is_active") private boolean active;
  private @Nullable String analyst;
  private @Nullable String reason;
  private int revision;
  private String createdBy;
  private Instant createdAt;
  private Instant updatedAt;

  protected Topic() {}

  /**
   * A new topic.
   *
   * @param analyst which analyst found it, or null
   * @param reason JSON of an {@link tasktracker.knowledge.analyst.AnalystReason}, or null
   * @throws Problem 422 when the name or the description is too long, or the name is empty
   */
  public Topic(UUID id, String name, String description, String createdBy, @Nullable String analyst, @Nullable String reason, Instant now) {
    this.id = id;
    this.name = requireName(name);
    this.nameKey = NormalizedText.keyOf(this.name);
    this.description = requireDescription(description);
    this.icon = TopicIcons.iconOf(name + " " + description);
    this.color = TopicIcons.colorOf(icon);
    this.active = true;
    this.analyst = analyst;
    this.reason = reason;
    this.revision = 1;
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
  }

  private static String requireName(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty() || stripped.codePointCount(0, stripped.length()) > MAX_NAME) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.topic.name", MAX_NAME));
    }
    return stripped;
  }

  private static String requireDescription(String description) {
    String stripped = description.strip();
    if (stripped.codePointCount(0, stripped.length()) > MAX_DESCRIPTION) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.topic.description", MAX_DESCRIPTION));
    }
    return stripped;
  }

  /**
   * Applies changed fields ({@code name, description, icon, color}); others are ignored.
   *
   * @throws Problem 422 when a value is not allowed
   */
  public void apply(Map<String, String> fields, Instant now) {
    name = fields.containsKey("name") ? requireName(fields.get("name")) : name;
    nameKey = NormalizedText.keyOf(name);
    description = fields.containsKey("description") ? requireDescription(fields.get("description")) : description;
    icon = fields.containsKey("icon") ? TopicIcons.requireIcon(fields.get("icon")) : icon;
    color = fields.containsKey("color") ? TopicIcons.parseColor(fields.get("color")) : color;
    touch(now);
  }

  /** Archives it, or restores it. */
  public void setActive(boolean isActive, Instant now) {
    active = isActive;
    touch(now);
  }

  private void touch(Instant now) {
    revision++;
    updatedAt = now;
  }

  /** The fields that versions change. */
  public Map<String, String> snapshot() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("description", description);
    fields.put("icon", icon);
    fields.put("color", color);
    return fields;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String nameKey() {
    return nameKey;
  }

  public String description() {
    return description;
  }

  public String icon() {
    return icon;
  }

  public boolean isActive() {
    return active;
  }

  /** Grows with each change. */
  public int revision() {
    return revision;
  }
}
