package tasktracker.source.telegram;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.source.TranscriptEntry;

/**
 * Finds the albums of an export, which tells nothing of them: media of one sender in the same second under consecutive
 * ids, at most one of them with a text. Looks one message ahead.
 */
final class AlbumDetector {

  private @Nullable TranscriptEntry held;
  private boolean heldHasText;
  private @Nullable String album;

  /**
   * Takes the next line and gives back the one before it, now knowing whether they belong together.
   *
   * @param next null after the last
   * @param hasText whether the next line's message has words of its own
   */
  @Nullable TranscriptEntry pass(@Nullable TranscriptEntry next, boolean hasText) {
    TranscriptEntry before = held;
    boolean together = before instanceof TranscriptEntry.Said a && next instanceof TranscriptEntry.Said b && belong(a.message(), b.message())
        && !(heldHasText && hasText);
    if (together && album == null) {
      album = "album:" + ((TranscriptEntry.Said) before).message().externalId();
    }
    TranscriptEntry told = before instanceof TranscriptEntry.Said said && album != null ? new TranscriptEntry.Said(in(said.message(), album)) : before;
    album = together ? album : null;
    heldHasText = hasText || together && heldHasText;
    held = next;
    return told;
  }

  boolean isWaiting() {
    return held != null;
  }

  private static boolean belong(IncomingMessage a, IncomingMessage b) {
    return a.kind() == MessageKind.MEDIA && b.kind() == MessageKind.MEDIA && a.sentAt().equals(b.sentAt())
        && a.author().externalId().equals(b.author().externalId()) && Objects.equals(a.chat(), b.chat())
        && Long.parseLong(b.externalId()) - Long.parseLong(a.externalId()) == 1;
  }

  private static IncomingMessage in(IncomingMessage m, String album) {
    return new IncomingMessage(m.chat(), m.externalId(), m.author(), m.sentAt(), m.editedAt(), m.kind(), m.text(),
        m.entities(), m.threadId(), m.threadTitle(), m.replyTo(), m.forwardedFrom(), album, m.reactions());
  }
}
