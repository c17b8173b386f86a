package tasktracker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tasktracker.harness.container.TestDeployment;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.person.Speaker;
import tasktracker.platform.data.Database;

/** The transactions of the server hold what Messages promises. */
@ExtendWith(ArquillianExtension.class)
@ResourceLock("the container")
class MessagesInContainerIT {
  private static final Instant SENT = Instant.parse("2026-03-02T10:00:00Z");

  @Inject Messages messages;

  @Inject Sources sources;

  @Inject Database database;

  @Inject UserTransaction transaction;

  @Inject Apart apart;

  @Deployment
  static WebArchive product() {
    return TestDeployment.with(MessagesInContainerIT.class);
  }

  @Test
  void aMessageThatComesTwiceIsKeptOnce() {
    var source = source();
    var first = messages.receive(source, said("1", "The build is red"));
    var second = messages.receive(source, said("1", "The build is red"));
    assertThat(first.outcome()).isEqualTo(ReceiveResult.Outcome.STORED);
    assertThat(second).isEqualTo(new ReceiveResult(first.messageId(), ReceiveResult.Outcome.DUPLICATE));
    assertThat(kept(source)).isEqualTo(1);
  }

  @Test
  void whatOlenaSaidBeforeHerEditStaysReadable() {
    var source = source();
    messages.receive(source, said("2", "Release on Friday"));
    var edit = messages.receive(source, edited("2", "Release on Monday"));
    assertThat(edit.outcome()).isEqualTo(ReceiveResult.Outcome.REVISED);
    assertThat(database.<String>ask(handle -> handle
        .select("select content from message_revision where message_id = ?", edit.messageId())
        .mapTo(String.class).one())).isEqualTo("Release on Friday");
  }

  @Test
  void aMessageIsRolledBackWithItsTransaction() throws Exception {
    var source = source();
    transaction.begin();
    messages.receive(source, said("3", "Never mind"));
    assertThat(kept(source)).isEqualTo(1);
    transaction.rollback();
    assertThat(kept(source)).isZero();
  }

  @Test
  void aMessageIsTakenWhileAnotherOfItsChatAndAuthorIsNotCommitted() throws Exception {
    var source = source();
    messages.receive(source, said("4", "hello"));
    transaction.begin();
    messages.receive(source, said("5", "simultaneously"));
    assertThat(apart.receive(source, said("6", "simultaneously")).outcome()).isEqualTo(ReceiveResult.Outcome.STORED);
    transaction.commit();
    assertThat(kept(source)).isEqualTo(3);
  }

  /** Receives in a transaction of its own, which fails where it waits for a lock. */
  @ApplicationScoped
  static class Apart {

    @Inject Messages messages;

    @Inject Database database;

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    ReceiveResult receive(UUID source, IncomingMessage message) {
      database.run(sql -> sql.execute("set local lock_timeout = '5s'"));
      return messages.receive(source, message);
    }
  }

  @Test
  void theDatabaseRejectsInvalidRows() {
    var source = source();
    assertThatThrownBy(() -> messages.receive(source, said("x".repeat(201), "An id too long")))
        .isInstanceOf(RuntimeException.class);
    assertThat(kept(source)).isZero();
  }

  private UUID source() {
    return sources.getOrCreate("container " + UUID.randomUUID(), "api");
  }

  private long kept(UUID source) {
    return database.ask(handle -> handle
        .select("select count(*) from message where source_id = ?", source).mapTo(Long.class).one());
  }

  private static IncomingMessage said(String id, String text) {
    return message(id, text, null);
  }

  private static IncomingMessage edited(String id, String text) {
    return message(id, text, SENT.plusSeconds(60));
  }

  private static IncomingMessage message(String id, String text, @Nullable Instant editedAt) {
    return new IncomingMessage(new ChatRef("group:7", ChatKind.GROUP, "Team"), id,
        Speaker.named("user:1", "Olena"), SENT, editedAt, MessageKind.TEXT, text, List.of(),
        null, null, null, null, null, List.of());
  }
}
