package tasktracker.platform.data;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger.Level;

/** Runs actions after the caller's transaction has committed, so that nothing is published before commit. */
@ApplicationScoped
public class AfterCommit {

  private static final System.Logger LOG = System.getLogger(AfterCommit.class.getName());

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry") private TransactionSynchronizationRegistry transactions;

  /**
   * Runs the action after the current transaction commits, or immediately when there is none. It is not run when the
   * transaction rolls back. The action must not use the database; an exception in it is logged and ignored.
   */
  public void run(Runnable action) {
    if (transactions.getTransactionKey() == null) {
      action.run();
    } else {
      transactions.registerInterposedSynchronization(new CommitAction(action));
    }
  }

  private record CommitAction(Runnable action) implements Synchronization {

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        try {
          action.run();
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "An action after commit failed", e);
        }
      }
    }
  }
}
