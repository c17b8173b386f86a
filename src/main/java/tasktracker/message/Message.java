package tasktracker.message;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One chat message. It is received once, and edited any number of times; each edit that changes the text makes a
 * revision and asks for a new score. A score is given by the machine until a person corrects it; from then on the
 * person's word stands.
 */
@Entity
public class Message {

  @Id private UUID id;
  private UUID sourceId;
  private UUID chatId;
  private String externalId;
  private UUID authorId;
  private String content;
  private Instant sentAt;
  private @Nullable Instant editedAt;
  private int revision;
  private @Nullable Float importanceScore;
  private @Nullable String noiseClassification;
  private @Nullable Instant scoredAt;
  private Instant updatedAt;

  protected Message() {}

  public UUID id() {
    return id;
  }

  public UUID chatId() {
    return chatId;
  }

  public UUID authorId() {
    return authorId;
  }

  public String content() {
    return content;
  }

  public int revision() {
    return revision;
  }

  public @Nullable String noiseClassification() {
    return noiseClassification;
  }

  public @Nullable Float importanceScore() {
    return importanceScore;
  }

  public boolean isUnscored() {
    return importanceScore == null;
  }
}
