package tasktracker.source.telegram;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.source.Line;

/**
 * Finds the albums of an export, which tells nothing of them: media of one sender in the same second under consecutive
 * ids, at most one of them with a text. Looks one message ahead.
 */
final class Albums {

  private @Nullable Line held;
  private boolean heldHasText;
  private @Nullable String album;

  /**
   * Takes the next line and gives back the one before it, now knowing whether they belong together.
   *
   * @param next null after the last
   * @param hasText whether the next line's message has words of its own
   */
  @Nullable Line pass(@Nullable Line next, boolean hasText) {
    Line before = held;
    boolean together = before instanceof Line.Said a && next instanceof Line.Said b && belong(a.message(), b.message())
        && !(heldHasText && hasText);
    if (together && album == null) {
      album = "album:" + ((Line.Said) before).message().externalId();
    }
    Line told = before instanceof Line.Said said && album != null ? new Line.Said(in(said.message(), album)) : before;
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
