package tasktracker.source.telegram.export;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.source.format.TranscriptEntry;

/**
 * Detects albums, which exports do not mark: media of one author in the same second with consecutive ids, at most one
 * of them with a text. Looks one message ahead.
 */
final class AlbumDetector {

  private @Nullable TranscriptEntry previous;
  private boolean previousHasText;
  private @Nullable String album;

  /**
   * Takes the next entry and returns the previous one, for which it is now known whether both belong to one album.
   *
   * @param next null after the last
   * @param hasText whether the next message has a text of its own
   */
  @Nullable
  TranscriptEntry next(@Nullable TranscriptEntry next, boolean hasText) {
    TranscriptEntry before = previous;
    boolean together = before instanceof TranscriptEntry.Parsed a && next instanceof TranscriptEntry.Parsed b
        && isSameAlbum(a.message(), b.message())
        && !(previousHasText && hasText);
    if (together && before instanceof TranscriptEntry.Parsed first && album == null) {
      album = "album:" + first.message().externalId();
    }
    TranscriptEntry told = before instanceof TranscriptEntry.Parsed said && album != null
        ? new TranscriptEntry.Parsed(withAlbum(said.message(), album))
        : before;
    album = together ? album : null;
    previousHasText = hasText || together && previousHasText;
    previous = next;
    return told;
  }

  boolean isWaiting() {
    return previous != null;
  }

  private static boolean isSameAlbum(IncomingMessage a, IncomingMessage b) {
    return a.kind() == MessageKind.MEDIA && b.kind() == MessageKind.MEDIA && a.sentAt().equals(b.sentAt())
        && a.author().externalId().equals(b.author().externalId()) && Objects.equals(a.chat(), b.chat())
        && Long.parseLong(b.externalId()) - Long.parseLong(a.externalId()) == 1;
  }

  private static IncomingMessage withAlbum(IncomingMessage m, String album) {
    return new IncomingMessage(m.chat(), m.externalId(), m.author(), m.sentAt(), m.editedAt(), m.kind(), m.text(),
        m.entities(), m.threadId(), m.threadTitle(), m.replyTo(), m.forwardedFrom(), album, m.reactions());
  }
}
