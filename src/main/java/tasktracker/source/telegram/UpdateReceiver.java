package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import tasktracker.message.ChatBulkhead;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.data.StorableText;

/** The one way by which updates come in, whether Telegram delivers them or we ask for them. */
@ApplicationScoped
public class UpdateReceiver {

  private static final System.Logger LOG = System.getLogger(UpdateReceiver.class.getName());
  private static final int LONGEST_REASON = 300;
  private @Nullable UpdateInbox inbox;
  private @Nullable ChatBulkhead bulkhead;

  protected UpdateReceiver() {}

  @Inject
  UpdateReceiver(UpdateInbox inbox, ChatBulkhead bulkhead) {
    this.inbox = inbox;
    this.bulkhead = bulkhead;
  }

  /**
   * Keeps an update, in turn when many of one chat come at once. A fault of ours must not make Telegram repeat it for
   * hours: what came is kept and read again later.
   *
   * @param together what is done in the transaction that keeps it, whichever that is
   */
  void take(TelegramUpdate update, Runnable together) {
    bulkhead.run(update.chat(), () -> keep(update, together));
  }

  private void keep(TelegramUpdate update, Runnable together) {
    try {
      inbox.receive(update, together);
    } catch (LeaseLost e) {
      throw e;
    } catch (RuntimeException e) {
      if (DatabaseOutage.isCauseOf(e)) {
        throw e;
      }
      LOG.log(Level.ERROR, "An update could not be stored; it is kept in the inbox and tried again", e);
      inbox.receiveForLater(update, reason(e), together);
    }
  }

  /** What went wrong, in short. */
  static String reason(RuntimeException failure) {
    return StorableText.of(StorableText.truncate(failure.getClass().getSimpleName() + ": " + failure.getMessage(), LONGEST_REASON));
  }

  /** Another server polls now: what was asked for is theirs. */
  static final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
