package tasktracker.source.telegram.update;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Product;
import tasktracker.harness.Await;

/** Messages that a release before stored as labels, after an upgrade to a reader that understands them. */
@Order(6)
class RereadUpdatesIT {

  private static final String RICH = "'rich_message': {'blocks': [{'type': 'paragraph', 'text': '%s'}]}";
  private static final int PRINTER = 1;
  private static final int CONTACT = 2;
  private static final int TURNED = 3;
  private static final int CHANGED = 4;
  private static final int TYPED = 5;
  private static final int TWICE = 6;
  private long update;

  @Test
  void labelsAreReplacedOnceAfterAnUpgrade() {
    try (Product product = Product.quick("reread", Map.of()).start()) {
      saysAll(product);
      product.stop();
      isAsTheReleaseBeforeLeftIt(product);
      product.start();
      awaitJobs(product, 1);
      everyLabelHasItsWords(product);
      oneThatCannotBeReadIsListed(product);
      anotherTimeChangesNothing(product);
      aCancelledOneGoesOnWhereItWas(product);
      product.stop();
      product.start();
      assertThat(jobs(product)).as("not asked for again by another start").isEqualTo(4);
    }
  }

  private void saysAll(Product product) {
    says(product, "message", PRINTER, RICH.formatted("Call the Zinovia printer"));
    says(product, "message", CONTACT, "'contact': {'phone_number': '+380', 'first_name': 'Oleh', 'last_name': 'Kontakt'}");
    says(product, "message", TURNED, "'text': 'plain at first'");
    says(product, "edited_message", TURNED, "'edit_date': 1760100999, " + RICH.formatted("now rich"));
    says(product, "message", CHANGED, RICH.formatted("before the change"));
    says(product, "edited_message", CHANGED, "'edit_date': 1760100999, 'text': 'changed since'");
    says(product, "message", TYPED, "'text': '[Photo]'");
    says(product, "message", TWICE, RICH.formatted("first version"));
    says(product, "edited_message", TWICE, "'edit_date': 1760100999, " + RICH.formatted("second version"));
    Await.until("all are scored", Duration.ofMinutes(1), () -> product.count("select count(*) from message where scored_at is null") == 0);
  }

  /** That release wrote a label, noticed no edit from one label to the same, and kept the kind at an edit. */
  private static void isAsTheReleaseBeforeLeftIt(Product product) {
    product.database().useHandle(sql -> {
      sql.execute("delete from message_revision where message_id in (select id from message where external_id = ?)", String.valueOf(TWICE));
      sql.execute("update message set edited_at = null, revision = 1 where external_id = ?", String.valueOf(TWICE));
      sql.execute("update message set kind = 'service', content = '[rich message]' where external_id in ('1', '6')");
      sql.execute("update message set content = '[Contact]' where external_id = '2'");
      sql.execute("update message set content = '[rich message]' where external_id = '3'");
      sql.execute("update message set content_hash = sha256(convert_to(content, 'UTF8'))");
      sql.execute("update inbox_reread set reader = 0");
      // The 150 levels are more than any update has that Telegram sends.
      sql.execute(
          "insert into inbox (id, source_id, update_id, body_hash, body, state) select gen_random_uuid(), id, 7, sha256('x'), ?::jsonb, 'stored' from source where name = 'telegram'",
          "{\"message\": " + "[".repeat(150) + "]".repeat(150) + "}");
    });
  }

  private static void everyLabelHasItsWords(Product product) {
    JsonObject printer = kept(product, PRINTER);
    assertThat(printer.getString("content")).isEqualTo("Call the Zinovia printer");
    assertThat(printer.getString("kind")).isEqualTo("text");
    assertThat(printer.isNull("edited_at")).isTrue();
    assertThat(kept(product, CONTACT).getString("content")).isEqualTo("[Contact, Oleh Kontakt, +380]");
    assertThat(kept(product, TURNED).getString("content")).isEqualTo("now rich");
    assertThat(kept(product, CHANGED).getString("content")).isEqualTo("changed since");
    assertThat(kept(product, TYPED).getInt("revision")).isEqualTo(1);
    assertThat(kept(product, TWICE).getString("content")).isEqualTo("second version");
    assertThat(page(product, PRINTER)).doesNotContain(">edited<");
    assertThat(page(product, TURNED)).contains(">edited<");
    itIsScoredFoundAndEmbeddedAnew(product);
  }

  private static void itIsScoredFoundAndEmbeddedAnew(Product product) {
    String id = kept(product, PRINTER).getString("id");
    Await.until("it is scored and embedded", Duration.ofMinutes(2), () -> product.count("""
        select count(*) from message m join message_embedding e on e.message_id = m.id and e.content_hash = m.content_hash
         where m.id = ?::uuid and m.scored_at is not null""", id) == 1);
    assertThat(product.count("select count(*) from search_document where message_id = ?::uuid and terms::text like '%zinov%'", id))
        .isEqualTo(1);
  }

  private static void oneThatCannotBeReadIsListed(Product product) {
    assertThat(product.count("select count(*) from inbox where state = 'failed'")).isEqualTo(1);
    assertThat(product.api().get("/settings/sources/telegram").expect(200).body()).contains("nested");
    product.database().useHandle(sql -> sql.execute("delete from inbox where state = 'failed'"));
  }

  private void anotherTimeChangesNothing(Product product) {
    long revisions = product.count("select sum(revision) from message");
    presses(product, 2);
    assertThat(product.count("select sum(revision) from message")).isEqualTo(revisions);
  }

  private void aCancelledOneGoesOnWhereItWas(Product product) {
    product.database().useHandle(sql -> {
      sql.execute("update message set content = '[Contact]', content_hash = sha256('[Contact]') where external_id = '2'");
      sql.execute("update inbox_reread set last_id = (select id from inbox order by id desc limit 1), done = 9");
    });
    presses(product, 3);
    assertThat(kept(product, CONTACT).getString("content")).isEqualTo("[Contact]");
    presses(product, 4);
    assertThat(kept(product, CONTACT).getString("content")).isEqualTo("[Contact, Oleh Kontakt, +380]");
  }

  private static void presses(Product product, int completed) {
    assertThat(product.api().form("/settings/sources/telegram/reread", Map.of()).status()).isIn(200, 303);
    awaitJobs(product, completed);
  }

  private static void awaitJobs(Product product, int completed) {
    Await.until("the updates are read again", Duration.ofMinutes(2), () -> jobs(product) >= completed);
  }

  private static long jobs(Product product) {
    return product.count("select count(*) from job where kind = 'reread_telegram_updates' and state = 'completed'");
  }

  private void says(Product product, String kind, int id, String members) {
    update++;
    product.telegram().post("/webhook/telegram", ("{'update_id': " + update + ", '" + kind + "': {'message_id': " + id
        + ", 'chat': {'id': -1003200000010, 'type': 'supergroup', 'title': 'Hook'}, 'from': {'id': 910000001, 'first_name': 'Oksana'}, 'date': 1760100050, "
        + members + "}}").replace('\'', '"')).expect(200);
  }

  private static JsonObject kept(Product product, int id) {
    return product.api().get("/api/v1/messages/" + id(product, id)).expect(200).json();
  }

  private static String page(Product product, int id) {
    return product.api().get("/messages/" + id(product, id)).expect(200).body();
  }

  private static UUID id(Product product, int id) {
    return product.database().withHandle(sql -> sql.select("select id from message where external_id = ?", String.valueOf(id))
        .mapTo(UUID.class).one());
  }
}
