package tasktracker.knowledge.atom;

import jakarta.json.bind.annotation.JsonbTransient;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.ReasonText;
import tasktracker.knowledge.analyst.AtomType;

/**
 * An atom as lists, pages and the API show it.
 *
 * @param evidence its quotes, the most important first
 * @param links its links to other atoms and from them; empty in lists
 */
public record AtomItem(UUID id, String type, String title, String content, @Nullable Double confidence, String status,
    boolean userApproved, boolean archived, @Nullable String reviewNote, @Nullable String analyst, @Nullable String reason,
    @Nullable UUID similarTo, @Nullable String similarTitle, @Nullable Double similarity, Instant saidAt, int revision, String createdBy,
    Instant createdAt, Instant updatedAt, @Nullable String decidedBy, @Nullable Instant decidedAt, @Nullable UUID topicId,
    @Nullable String topicName, @Nullable String topicColor, List<EvidenceQuote> evidence, List<LinkItem> links) {

  /** A link as seen from one of its two atoms. */
  public record LinkItem(UUID atomId, UUID otherId, String otherType, String otherTitle, String otherStatus, String linkType,
      boolean isOutgoing, @Nullable Double strength) {

    /** The key of the words that lead from this atom to the other. */
    @JsonbTransient
    public String wordKey() {
      return (isOutgoing ? "atom.link.to." : "atom.link.from.") + linkType;
    }
  }

  /** The row of the table; quotes and links are added. */
  record Row(UUID id, String type, String title, String content, @Nullable Double confidence, String status, @Nullable String reviewNote,
      @Nullable String analyst, @Nullable String reason, @Nullable UUID similarTo, @Nullable String similarTitle,
      @Nullable Double similarity, Instant saidAt, int revision, String createdBy, Instant createdAt, Instant updatedAt,
      @Nullable String decidedBy, @Nullable Instant decidedAt, @Nullable UUID topicId, @Nullable String topicName,
      @Nullable String topicColor) {

    AtomItem with(List<EvidenceQuote> evidence, List<LinkItem> links) {
      return new AtomItem(id, type, title, content, confidence, status, status.equals("approved"), status.equals("archived"), reviewNote,
          analyst, reason, similarTo, similarTitle, similarity, saidAt, revision, createdBy, createdAt, updatedAt, decidedBy, decidedAt,
          topicId, topicName, topicColor, evidence, links);
    }
  }

  static final String SELECT = """
      select a.id, a.type, a.title, a.content, a.confidence::numeric::float8 as confidence, a.status, a.review_note, a.analyst, a.reason,
             a.similar_to, s.title as similar_title, a.similarity::numeric::float8 as similarity, a.said_at, a.revision, a.created_by,
             a.created_at, a.updated_at, a.decided_by, a.decided_at, t.id as topic_id, t.name as topic_name, t.color as topic_color
        from atom a
        left join atom s on s.id = a.similar_to
        left join lateral (select tt.id, tt.name, tt.color from topic_atom ta join topic tt on tt.id = ta.topic_id
                            where ta.atom_id = a.id order by ta.created_at, tt.id limit 1) t on true
      """;

  /** Whether a person can still decide. */
  @JsonbTransient
  public boolean isPending() {
    return status.equals("pending");
  }

  /** Confidence in percent, or null. */
  @JsonbTransient
  public @Nullable Long percent() {
    return confidence == null ? null : Math.round(confidence * 100);
  }

  /** Why the analyst proposed it, in words; empty for what people wrote. */
  public String reasonText(Locale locale) {
    return ReasonText.of(reason, locale);
  }

  /** The main quote, or null. */
  @JsonbTransient
  public @Nullable EvidenceQuote mainQuote() {
    return evidence.isEmpty() ? null : evidence.getFirst();
  }

  /** What a card shows: the main quote and, of a decision, who agreed to it first. */
  @JsonbTransient
  public List<EvidenceQuote> cardQuotes() {
    return evidence.subList(0, Math.min(evidence.size(), type.equals(AtomType.DECISION.wire()) ? 2 : 1));
  }

  /** Whether the content says more than the main quote and the title. */
  @JsonbTransient
  public boolean hasOwnContent() {
    return !content.equals(title) && (evidence.isEmpty() || !evidence.getFirst().quote().contains(content));
  }

  /** The colour of the badge of its type. */
  @JsonbTransient
  public String badgeKind() {
    return switch (type) {
      case "problem", "blocker" -> "bad";
      case "solution" -> "ok";
      case "decision", "requirement" -> "info";
      case "question" -> "warn";
      default -> "violet";
    };
  }

  /** The icon of the badge of its type. */
  @JsonbTransient
  public String badgeIcon() {
    return switch (type) {
      case "problem" -> "bug";
      case "blocker" -> "stop";
      case "solution" -> "check";
      case "requirement" -> "promise";
      case "risk" -> "alert";
      case "insight" -> "info";
      case "pattern" -> "refresh";
      default -> type;
    };
  }

  /** The quotes after the main one. */
  @JsonbTransient
  public List<EvidenceQuote> furtherQuotes() {
    return evidence.size() < 2 ? List.of() : evidence.subList(1, evidence.size());
  }
}
