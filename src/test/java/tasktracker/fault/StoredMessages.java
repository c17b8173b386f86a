package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tasktracker.harness.Product;
import tasktracker.harness.Await;

/** The messages in the database after a fault, read without the product. */
final class StoredMessages {
  private static final Duration DRAIN = Duration.ofSeconds(120);
  private final Product product;

  StoredMessages(Product product) {
    this.product = product;
  }

  /** Everything that was begun has come to its end. */
  void awaitDrained() {
    Await.forValue("all work done", DRAIN, () -> product.count("""
        select (select count(*) from message where scored_at is null)
             + (select count(*) from message m where m.content ~ '\\S'
                  and not exists (select from message_embedding e where e.message_id = m.id))
             + (select count(*) from job where state in ('queued', 'running', 'retryable') and run_at <= now())"""),
        open -> open == 0);
  }

  /** Exactly these messages are in the chat, each once, each with one score and one vector of each model. */
  void holdsExactly(long chat, int messages) {
    assertThat(kept(chat)).isEqualTo(LongStream.rangeClosed(1, messages).boxed().collect(Collectors.toSet()));
    assertThat(rows(chat)).as("messages of chat " + chat).isEqualTo(messages);
    allIsDoneOnce();
  }

  /** What was answered is kept, nothing else than what was sent, and all of it once. */
  void agreesWith(DeliveryLog ledger, long chat) {
    assertThat(ledger.answered()).as("the test sent something").hasSizeGreaterThan(50);
    assertThat(kept(chat)).containsAll(ledger.answered());
    assertThat(ledger.sent()).containsAll(kept(chat));
    assertThat(rows(chat)).isEqualTo(kept(chat).size());
    allIsDoneOnce();
  }

  private Set<Long> kept(long chat) {
    return product.database().withHandle(handle -> handle
        .select("select message.external_id::bigint from message join chat on chat.id = chat_id where chat.external_id = ?",
            "channel:" + chat)
        .mapTo(Long.class).set());
  }

  private long rows(long chat) {
    return product.count("select count(*) from message join chat on chat.id = chat_id where chat.external_id = ?",
        "channel:" + chat);
  }

  private void allIsDoneOnce() {
    assertThat(product.count("select count(*) from message where scored_at is null")).as("unscored").isZero();
    assertThat(product.count("select count(*) from message where content ~ '\\S'"
        + " and (select count(*) from message_embedding e where e.message_id = message.id) <> 1"))
        .as("messages without exactly one vector").isZero();
    assertThat(product.count("select count(*) from job where state = 'running' and lease_until < now()"))
        .as("jobs nobody works on").isZero();
    assertThat(product.count("select count(*) from job where state = 'dead'")).as("dead jobs").isZero();
  }
}
