package tasktracker.source.telegram.update;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** What people say in other shapes than a text, from the webhook to the API. */
@ProductTest
class WebhookContentIT {

  private static final String PATH = "/webhook/telegram";
  private static final String SETTINGS = "/settings/sources/telegram";
  private final Product product;
  private final long chat = 1_000_000_000L + ThreadLocalRandom.current().nextInt(900_000_000);
  private long update = ThreadLocalRandom.current().nextLong(1L << 40);

  WebhookContentIT(Product product) {
    this.product = product;
  }

  /** The first five are reported faults of other bots; the others follow the documentation of Bot API 10.1. */
  static Stream<Arguments> shapes() {
    return Stream.of(
        shape(
            "'rich_message': {'blocks': [{'type': 'heading', 'size': 2, 'text': 'Tasks for Friday'}, {'type': 'paragraph', 'text': ['Please ', {'type': 'bold', 'text': 'fix the invoice export'}, ' before noon']}, "
                + "{'type': 'list', 'items': [{'label': '1.', 'blocks': [{'type': 'paragraph', 'text': 'Call the Zinovia printer'}]}, {'label': '2.', 'blocks': [{'type': 'paragraph', 'text': 'Send the report'}], 'has_checkbox': true, 'is_checked': false}]}, "
                + "{'type': 'table', 'cells': [[{'text': 'A1'}, {'text': 'B1'}]]}]}",
            "text",
            "Tasks for Friday\nPlease fix the invoice export before noon\n1. Call the Zinovia printer\n2. ☐ Send the report\nA1 | B1"),
        shape("'checklist_tasks_added': {'tasks': [{'id': 3, 'text': 'Call the printer'}]}", "service", "[added tasks: Call the printer]"),
        shape("'contact': {'phone_number': '+380', 'first_name': 'Oleh', 'last_name': 'Kontakt'}", "media",
            "[Contact, Oleh Kontakt, +380]"),
        shape("'suggested_post_declined': {'comment': 'Too long'}", "service", "[declined the suggested post: Too long]"),
        shape("'checklist': {'title': 'Release', 'tasks': [{'id': 1, 'text': 'Fix login'}]}", "media", "Release: ☐ Fix login"),
        // A pasted page: what is folded, quoted, preformatted, nested and shown.
        shape(
            "'rich_message': {'blocks': [{'type': 'details', 'summary': 'Why', 'blocks': [{'type': 'paragraph', 'text': 'It fails'}]}, {'type': 'divider'}, "
                + "{'type': 'blockquote', 'blocks': [{'type': 'paragraph', 'text': 'Ship it'}], 'credit': 'Vera'}, {'type': 'pre', 'text': 'a = 1', 'language': 'python'}, "
                + "{'type': 'list', 'items': [{'label': '•', 'blocks': [{'type': 'paragraph', 'text': 'outer'}, {'type': 'list', 'items': [{'label': '•', 'has_checkbox': true, 'is_checked': true, 'blocks': [{'type': 'paragraph', 'text': 'inner'}]}]}]}]}, "
                + "{'type': 'photo', 'photo': [], 'caption': {'text': 'the screen', 'credit': 'Ira'}}, {'type': 'mathematical_expression', 'expression': 'x^2'}, {'type': 'footer', 'text': 'the end'}]}",
            "text", "Why\nIt fails\nShip it\n— Vera\na = 1\n• outer\n  ☑ inner\n[Photo] the screen\n— Ira\nx^2\nthe end"),
        shape(
            "'rich_message': {'blocks': [{'type': 'table', 'caption': 'Prices', 'cells': [[{'text': 'Item', 'is_header': true}, {'text': ['Price, ', {'type': 'custom_emoji', 'custom_emoji_id': '5', 'alternative_text': '💶'}]}], [{}, {'text': '7'}]]}]}",
            "text", "Item | Price, 💶\n7\nPrices"),
        shape(
            "'rich_message': {'blocks': [{'type': 'hologram', 'text': 'said in a new way', 'depth': 3}, {'type': 'paragraph', 'text': {'type': 'url', 'url': 'https://example.com', 'text': 'and a link'}}]}",
            "text", "said in a new way\nand a link"),
        shape(
            "'checklist': {'title': 'Release', 'tasks': [{'id': 1, 'text': 'Fix login', 'completion_date': 1760100000}, {'id': 2, 'text': 'Tag', 'completion_date': 0}]}",
            "media", "Release: ☑ Fix login\n☐ Tag"),
        shape(
            "'checklist_tasks_done': {'marked_as_done_task_ids': [1, 2], 'marked_as_not_done_task_ids': [3], 'checklist_message': {'message_id': 1, 'checklist': {'title': 'Release', 'tasks': [{'id': 1, 'text': 'Fix login'}, {'id': 2, 'text': 'Tag'}, {'id': 3, 'text': 'Announce'}]}}}",
            "service", "[marked as done: Fix login, Tag]\n[marked as not done: Announce]"),
        shape(
            "'poll': {'question': ['Which ', {'type': 'custom_emoji', 'text': '🎉'}, ' day?'], 'description': 'for the release', 'options': [{'text': {'type': 'bold', 'text': 'Monday'}}, {'text': 'Tue'}], 'explanation': 'Friday is too late'}",
            "media", "[Poll] Which 🎉 day?\nfor the release\n- Monday\n- Tue\nFriday is too late"),
        shape(
            "'poll_option_added': {'option_persistent_id': 'x', 'option_text': 'Wednesday', 'poll_message': {'message_id': 1, 'text': 'somebody else'}}",
            "service", "[added to the poll: Wednesday]"),
        shape("'gift': {'gift': {'id': '5', 'star_count': 10}, 'text': 'Thanks for the release'}", "service",
            "[sent a gift: Thanks for the release]"),
        shape(
            "'unique_gift': {'origin': 'upgrade', 'text': 'from all of us', 'gift': {'base_name': 'Plush Pepe', 'name': 'PlushPepe-7', 'number': 7}}",
            "service", "[sent a gift: Plush Pepe #7, from all of us]"),
        shape(
            "'venue': {'location': {'latitude': 50.4, 'longitude': 30.5}, 'title': 'Office', 'address': 'Khreshchatyk 1'}, 'location': {'latitude': 50.4, 'longitude': 30.5}",
            "media", "[Place, Office, Khreshchatyk 1]"),
        shape("'giveaway': {'chats': [], 'winner_count': 1, 'prize_description': 'a mug'}", "media", "[Giveaway, a mug]"),
        shape(
            "'giveaway_winners': {'winner_count': 2, 'winners': [{'id': 1, 'first_name': 'Vera'}, {'id': 2, 'first_name': 'Ira', 'last_name': 'Koval'}], 'prize_description': 'a mug'}",
            "media", "[Giveaway results, a mug, Vera, Ira Koval]"),
        shape("'invoice': {'title': 'Licence', 'description': 'for a year', 'currency': 'EUR', 'total_amount': 100}", "media",
            "[Invoice, Licence: for a year]"),
        shape("'game': {'title': 'Snake', 'description': 'eat apples', 'text': 'best: Vera'}", "media",
            "[Game, Snake: eat apples, best: Vera]"),
        shape("'story': {'id': 4, 'chat': {'id': -1005, 'title': 'News', 'type': 'channel'}}", "media", "[Story, News]"),
        shape("'paid_media': {'star_count': 5, 'paid_media': [{'type': 'preview'}]}, 'caption': 'the whole talk'", "media",
            "the whole talk"),
        shape("'suggested_post_refunded': {'reason': 'post_deleted'}", "service", "[the suggested post was refunded: post deleted]"),
        shape("'users_shared': {'request_id': 1, 'users': [{'user_id': 5, 'first_name': 'Vera'}, {'user_id': 6, 'username': 'ira'}]}",
            "service", "[shared users: Vera, ira]"),
        shape("'web_app_data': {'button_text': 'Order lunch', 'data': '{}'}", "service", "[sent data of a web app: Order lunch]"),
        shape("'text': {'text': 'said as an object'}", "text", "said as an object"),
        shape("'text': ['said ', {'type': 'bold', 'text': 'in'}, ' parts']", "text", "said in parts"),
        shape("'text': 'known', 'a_new_member': {'text': 'unknown'}, 'sender_tag': 'lead'", "text", "known"),
        shape("'a_new_member': {'text': 'said in a new way', 'quoted_message': {'message_id': 4, 'text': 'by somebody else'}}",
            "unsupported", "[a new member: said in a new way]"));
  }

  private static Arguments shape(String members, String kind, String content) {
    return Arguments.of(members, kind, content);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theWordsOfPeopleAreKeptWhateverTheyAreIn(String members, String kind, String content) {
    posts("message", 50, members);
    JsonObject kept = kept(50);
    assertThat(kept.getString("content")).isEqualTo(content);
    assertThat(kept.getString("kind")).isEqualTo(kind);
  }

  @Test
  void anEditThatTurnsATextIntoARichMessageKeepsTheWords() {
    posts("message", 52, "'text': 'plain at first: buy lamps'");
    posts("edited_message", 52,
        "'edit_date': 1760100999, 'rich_message': {'blocks': [{'type': 'paragraph', 'text': 'now rich: buy lamps and cables'}]}");
    JsonObject kept = kept(52);
    assertThat(kept.getString("content")).isEqualTo("now rich: buy lamps and cables");
    assertThat(kept.getInt("revision")).isEqualTo(2);
    assertThat(kept.isNull("edited_at")).isFalse();
  }

  @Test
  void anEditThatCannotBeReadKeepsTheTextAndIsListed() {
    posts("message", 53, "'text': 'buy lamps'");
    posts("edited_message", 53, "'edit_date': 1760100999, 'hologram': {'layers': [1, 2]}");
    posts("edited_message", 53, "'edit_date': 1760101000, 'rich_message': {'pages': 7}");
    JsonObject kept = kept(53);
    assertThat(kept.getString("content")).isEqualTo("buy lamps");
    assertThat(kept.getInt("revision")).isEqualTo(1);
    assertThat(product.api().get(SETTINGS).expect(200).body()).contains("kind that is not known: hologram",
        "kind that is not known: rich_message");
    retry(update - 1);
    assertThat(kept(53).getString("content")).isEqualTo("buy lamps");
  }

  private void retry(long updateId) {
    UUID id = product.database().withHandle(sql -> sql.select("select id from inbox where update_id = ? and state = 'failed'", updateId)
        .mapTo(UUID.class).one());
    assertThat(product.api().form(SETTINGS + "/updates/" + id + "/retry", java.util.Map.of()).status()).isIn(200, 303);
  }

  @Test
  void aTextThatComesAfterItsUnreadableEditIsKept() {
    posts("edited_message", 54, "'edit_date': 1760100999, 'hologram': {'layers': [1, 2]}");
    assertThat(kept(54).getString("content")).isEqualTo("[hologram]");
    posts("message", 54, "'text': 'buy lamps'");
    assertThat(kept(54).getString("content")).isEqualTo("buy lamps");
  }

  @Test
  void linksOfARichMessageLead() {
    posts("message", 55,
        "'rich_message': {'blocks': [{'type': 'paragraph', 'text': ['see ', {'type': 'url', 'url': 'https://example.com/plan', 'text': [{'type': 'bold', 'text': 'the'}, ' plan']}]}]}");
    assertThat(product.api().get("/messages/" + kept(55).getString("id")).expect(200).body()).contains("href=\"https://example.com/plan\"");
  }

  @Test
  void richTextIsShownAsTheTextItIs() {
    posts("message", 56,
        "'rich_message': {'blocks': [{'type': 'paragraph', 'text': '<script>alert(1)</script>'}, {'type': 'paragraph', 'text': [null, true, 7, {'text': {'text': [' deep']}}]}, null, 5, []]}");
    assertThat(kept(56).getString("content")).isEqualTo("<script>alert(1)</script>\n7 deep\n5");
  }

  private void posts(String kind, long id, String members) {
    update++;
    product.telegram().post(PATH, ("{'update_id': " + update + ", '" + kind + "': {'message_id': " + id + ", 'chat': {'id': -100" + chat
        + ", 'type': 'supergroup', 'title': 'Hook'}, 'from': {'id': 910000001, 'is_bot': false, 'first_name': 'Oksana'}, 'date': 1760100050, "
        + members + "}}").replace('\'', '"')).expect(200);
  }

  private JsonObject kept(long id) {
    UUID message = product.database().withHandle(sql -> sql.select("""
        select m.id from message m join chat c on c.id = m.chat_id where c.external_id = ? and m.external_id = ?
        """, "channel:" + chat, String.valueOf(id)).mapTo(UUID.class).one());
    return product.api().get("/api/v1/messages/" + message).expect(200).json();
  }
}
