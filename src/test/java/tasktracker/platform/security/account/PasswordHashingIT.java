package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import jakarta.transaction.UserTransaction;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tasktracker.harness.container.TestDeployment;
import tasktracker.platform.security.account.Passwords.Requester;

/** Hashing is slow and may queue, so it is refused inside a transaction. */
@ExtendWith(ArquillianExtension.class)
@ResourceLock("the container")
class PasswordHashingIT {

  @Inject Passwords passwords;
  @Inject UserTransaction transaction;

  @Deployment
  static WebArchive product() {
    return TestDeployment.with(PasswordHashingIT.class);
  }

  @Test
  void noPasswordIsHashedOrCheckedInsideATransaction() throws Exception {
    String hash = passwords.hash("five tall giraffes");
    transaction.begin();
    try {
      assertThatThrownBy(() -> passwords.hash("five tall giraffes")).isInstanceOf(TransactionalException.class);
      assertThatThrownBy(() -> passwords.hashStrong("five tall giraffes", "kevin")).isInstanceOf(TransactionalException.class);
      assertThatThrownBy(() -> passwords.matches("five tall giraffes", hash, Requester.KNOWN)).isInstanceOf(TransactionalException.class);
      assertThatThrownBy(() -> passwords.simulateMatch("five tall giraffes", Requester.STRANGER))
          .isInstanceOf(TransactionalException.class);
    } finally {
      transaction.rollback();
    }
    assertThat(passwords.matches("five tall giraffes", hash, Requester.KNOWN)).isTrue();
  }
}
