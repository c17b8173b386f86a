package tasktracker.platform.data;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger.Level;

/** Nothing leaves before commit: runs what tells others only when the caller's transaction has been committed. */
@ApplicationScoped
public class AfterCommit {

  private static final System.Logger LOG = System.getLogger(AfterCommit.class.getName());

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry transactions;

  /**
   * Runs the action after the present transaction commits, never when it rolls back, at once when there is none. The
   * action must not touch the database; what it throws is logged and harms nobody.
   */
  public void run(Runnable action) {
    if (transactions.getTransactionKey() == null) {
      action.run();
    } else {
      transactions.registerInterposedSynchronization(new WhenCommitted(action));
    }
  }

  private record WhenCommitted(Runnable action) implements Synchronization {

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        try {
          action.run();
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "Could not tell others what was committed", e);
        }
      }
    }
  }
}
