package tasktracker.source.telegram.update;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import tasktracker.message.ChatBulkhead;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.data.StorableText;

/** Receives all updates, from the webhook and from polling. */
@ApplicationScoped
public class UpdateReceiver {

  private static final System.Logger LOG = System.getLogger(UpdateReceiver.class.getName());
  private static final int MAX_REASON_LENGTH = 300;
  private final UpdateInbox inbox;
  private final ChatBulkhead bulkhead;

  @Inject
  UpdateReceiver(UpdateInbox inbox, ChatBulkhead bulkhead) {
    this.inbox = inbox;
    this.bulkhead = bulkhead;
  }

  /**
   * Stores an update; updates of one chat wait when many arrive at once. When processing fails, the update is stored
   * and retried later, so that Telegram does not repeat it for hours.
   *
   * @param sameTransaction additional work in the transaction that stores the update
   */
  void receive(TelegramUpdate update, Runnable sameTransaction) {
    bulkhead.run(update.chat(), () -> store(update, sameTransaction));
  }

  private void store(TelegramUpdate update, Runnable sameTransaction) {
    try {
      inbox.receive(update, sameTransaction);
    } catch (LeaseLost e) {
      throw e;
    } catch (RuntimeException e) {
      if (DatabaseOutage.isCauseOf(e)) {
        throw e;
      }
      LOG.log(Level.ERROR, "An update could not be processed; it is stored in the inbox and will be retried", e);
      inbox.storeForRetry(update, reason(e), sameTransaction);
    }
  }

  /** A short description of a failure. */
  static String reason(RuntimeException failure) {
    return StorableText.of(StorableText.truncate(failure.getClass().getSimpleName() + ": " + failure.getMessage(), MAX_REASON_LENGTH));
  }

  /** Another node holds the lease for polling and will receive these updates. */
  static final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
