package tasktracker.source.telegram.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.telegram.PeerKey;

class UpdateReaderTest {

  private static final String OLENA = "'from': {'id': 7, 'is_bot': false, 'first_name': 'Olena', 'last_name': 'Koval', 'username': 'olena', 'language_code': 'uk', 'is_premium': true}";
  private static final String TEAM = "'chat': {'id': -1001105747094, 'title': 'Team', 'type': 'supergroup', 'is_forum': true}";

  @Test
  void aTextMessageIsParsed() {
    IncomingMessage said = only("'message': {'message_id': 5, " + OLENA + ", " + TEAM + ", 'date': 1700000000, 'text': 'hello @kevin', "
        + "'entities': [{'type': 'mention', 'offset': 6, 'length': 6}, {'type': 'bold', 'offset': -1, 'length': 2}]}");
    assertThat(said).extracting("externalId", "text", "kind", "sentAt", "editedAt", "threadId", "replyTo")
        .containsExactly("5", "hello @kevin", MessageKind.TEXT, Instant.ofEpochSecond(1700000000), null, null, null);
    assertThat(said.chat()).extracting("externalId", "kind", "title").containsExactly("channel:1105747094", ChatKind.SUPERGROUP, "Team");
    assertThat(said.author()).extracting("externalId", "firstName", "lastName", "username", "languageCode", "isPremium")
        .containsExactly("user:7", "Olena", "Koval", "olena", "uk", true);
    assertThat(said.entities()).containsExactly(new TextEntity("mention", 6, 6, null));
  }

  @ParameterizedTest
  @CsvSource({"private, 7, user:7", "group, -599075523, group:599075523", "supergroup, -1001555296434, channel:1555296434",
      "channel, -1002236736395, channel:2236736395"})
  void aChatHasTheSameKeyAsInAnExport(String type, long id, String key) {
    String exported = type.equals("private") ? "personal_chat" : type.equals("channel") ? "public_channel" : "private_" + type;
    assertThat(PeerKey.chat(type, id, null).externalId()).isEqualTo(key);
    assertThat(PeerKey.chat(exported, Long.parseLong(key.replaceFirst(".*:", "")), null).externalId()).isEqualTo(key);
    assertThat(PeerKey.key(id)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({"edited_message", "channel_post", "edited_channel_post", "business_message", "edited_business_message"})
  void editsPostsAndBusinessMessagesAreMessages(String kind) {
    IncomingMessage said = only("'" + kind + "': {'message_id': 5, " + OLENA + ", " + TEAM + ", 'date': 1700000000, "
        + "'edit_date': 1700000100, 'text': 'now so'}");
    assertThat(said.editedAt()).isEqualTo(Instant.ofEpochSecond(1700000100));
  }

  @Test
  void theChatInWhoseNameItIsSaidIsTheSpeaker() {
    IncomingMessage said = only("'channel_post': {'message_id': 5, 'from': {'id': 1087968824, 'is_bot': true, 'first_name': 'Group'}, "
        + "'sender_chat': {'id': -1002236736395, 'title': 'News', 'type': 'channel'}, " + TEAM + ", 'date': 1700000000, 'text': 'x'}");
    assertThat(said.author()).extracting("externalId", "firstName", "isBot").containsExactly("channel:2236736395", "News", false);
    IncomingMessage post = only("'channel_post': {'message_id': 6, 'chat': {'id': -1002236736395, 'title': 'News', 'type': 'channel'}, "
        + "'date': 1700000000, 'text': 'x'}");
    assertThat(post.author().externalId()).isEqualTo("channel:2236736395");
  }

  @Test
  void aTopicIsATopicOnlyWhereItIsMarkedAsOne() {
    String start = "'message': {'message_id': 9, " + OLENA + ", " + TEAM + ", 'date': 1700000000, 'text': 'x', 'message_thread_id': 4, ";
    String created = "'reply_to_message': {'message_id': 4, 'forum_topic_created': {'name': 'Bugs', 'icon_color': 1}}";
    assertThat(only(start + "'is_topic_message': true, " + created + "}")).extracting("threadId", "threadTitle", "replyTo")
        .containsExactly("4", "Bugs", null);
    assertThat(only(start + "'reply_to_message': {'message_id': 3}}")).extracting("threadId", "threadTitle", "replyTo")
        .containsExactly(null, null, "3");
  }

  @Test
  void forwardsNameWhereTheyComeFromInEveryShape() {
    String start = "'message': {'message_id': 9, " + OLENA + ", " + TEAM + ", 'date': 1700000000, 'text': 'x', ";
    assertThat(List.of("'forward_origin': {'type': 'user', 'sender_user': {'id': 1, 'first_name': 'Ann', 'last_name': 'Bee'}}",
        "'forward_origin': {'type': 'hidden_user', 'sender_user_name': 'Hid'}",
        "'forward_origin': {'type': 'chat', 'sender_chat': {'id': -1, 'title': 'Grp'}}",
        "'forward_origin': {'type': 'channel', 'chat': {'id': -1, 'title': 'Chn'}, 'message_id': 3}",
        "'forward_from': {'id': 1, 'first_name': 'Old'}", "'forward_from_chat': {'id': -1, 'title': 'OldChat'}",
        "'forward_sender_name': 'OldHidden'"))
        .map(origin -> only(start + origin + "}").forwardedFrom())
        .containsExactly("Ann Bee", "Hid", "Grp", "Chn", "Old", "OldChat", "OldHidden");
  }

  @Test
  void mediaHaveACaptionOrAStandIn() {
    String start = "'message': {'message_id': 9, " + OLENA + ", " + TEAM + ", 'date': 1700000000, ";
    assertThat(List.of("'photo': [{'file_id': 'a'}], 'caption': 'look', 'media_group_id': '77'", "'photo': [{'file_id': 'a'}]",
        "'voice': {'duration': 73}", "'document': {'file_name': 'plan.pdf'}", "'sticker': {'emoji': '😡'}",
        "'poll': {'question': 'Friday?', 'options': [{'text': 'yes'}, {'text': 'no'}]}",
        "'checklist': {'title': 'Release', 'tasks': [{'id': 1, 'text': 'tag'}]}", "'holo_message': {'a': 1}"))
        .map(media -> only(start + media + "}")).extracting("text", "kind", "mediaGroup").containsExactly(
            tuple("look", MessageKind.MEDIA, "77"), tuple("[Photo]", MessageKind.MEDIA, null),
            tuple("[Voice message, 1:13]", MessageKind.MEDIA, null), tuple("[File, plan.pdf]", MessageKind.MEDIA, null),
            tuple("[Sticker, 😡]", MessageKind.MEDIA, null), tuple("[Poll] Friday?\n- yes\n- no", MessageKind.MEDIA, null),
            tuple("Release: ☐ tag", MessageKind.MEDIA, null), tuple("[holo message]", MessageKind.UNSUPPORTED, null));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'checklist': 'Buy milk' | [checklist: Buy milk]",
      "'contact': 'Oleh' | [contact: Oleh]", "'poll': ['Which ', {'text': 'day?'}] | [poll: Which day?]",
      "'quote': {'text': 'as you said', 'position': 0} | [quote: as you said]",
      "'hologram': {'payload': {'inner': [{'text': 'deep words'}]}} | [hologram: deep words]",
      "'hologram': {'id': 7, 'note': 'two words', 'code': 'a8f0'} | [hologram: two words]",
      "'alpha': {'id': 7}, 'beta': {'text': 'words of beta'} | [beta: words of beta]",
      "'user_ids': [1, 2] | [user ids]", "'sent_count': 7 | [sent count]",
      "'document': {}, 'note': {'text': 'read this'} | [File]\\nread this", "'photo': [{'file_id': 'a b'}] | [Photo]",
      "'rich_message': {'blocks': [{'type': 'grid', 'rows': [[{'text': 'A1'}, {'text': 'B1'}], {'cells': [{'text': 'A2'}, {'text': 'B2'}]}]}]} | A1 \u00A6 B1\\nA2 \u00A6 B2",
      "'rich_message': {'blocks': [{'type': 'grid', 'x': {'y': {'text': 'inside'}}}]} | inside"})
  void wordsAreTakenWhereverTheyAre(String content, String text) {
    String start = "'message': {'message_id': 9, " + OLENA + ", " + TEAM + ", 'date': 1700000000, ";
    assertThat(only(start + content + "}").text()).isEqualTo(text.replace("\\n", "\n").replace('\u00A6', '|'));
  }

  @Test
  void aGroupThatBecomesASupergroupIsToldFromBothSides() {
    var left = UpdateReader.parse(json("{'update_id': 1, 'message': {'message_id': 9, " + OLENA
        + ", 'chat': {'id': -599075523, 'title': 'G', 'type': 'group'}, 'date': 1700000000, 'migrate_to_chat_id': -1001555296434}}"));
    var entered = UpdateReader.parse(json("{'update_id': 2, 'message': {'message_id': 1, " + OLENA
        + ", 'chat': {'id': -1001555296434, 'title': 'G', 'type': 'supergroup'}, 'date': 1700000000, 'migrate_from_chat_id': -599075523}}"));
    assertThat(left.migrations()).isEqualTo(entered.migrations())
        .containsExactly(new UpdateReader.Migration("group:599075523", "channel:1555296434", "G"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{'update_id': 1, 'new_kind': {}} | not known: new_kind", "{'update_id': 1} | not known",
      "{'update_id': 1, 'message_reaction': {'chat': {}}} | (message_reaction)",
      "{'update_id': 1, 'callback_query': {'message': {'message_id': 4}}} | a button was pressed",
      "{'ok': true, 'result': []} | an answer of the Bot API", "{'message_id': 4, 'chat': {'id': 5}} | a bare message", "{} | not known",
      "{'update_id': 1, 'message': 7} | “message” is not an object", "{'update_id': 1, 'message': {}} | names no chat",
      "{'update_id': 1, 'message': {'message_id': 0, 'date': 5, 'chat': {'id': 5, 'type': 'private'}}} | scheduled",
      "{'update_id': 1, 'message': {'message_id': 3, 'date': 0, 'chat': {'id': 5, 'type': 'private'}}} | not accessible",
      "{'update_id': 1, 'message': {'message_id': 3, 'date': 1e308, 'chat': {'id': 5, 'type': 'private'}}} | date of the message is invalid",
      "{'update_id': 1, 'message': {'message_id': 3, 'date': -1, 'chat': {'id': 5, 'type': 'private'}}} | date of the message is invalid",
      "{'update_id': 1, 'message': {'message_id': 3, 'chat': {'id': 5, 'type': 'private'}}} | not accessible"})
  void anUpdateWithoutAMessageIsIgnoredWithAReason(String update, String reason) {
    var reading = UpdateReader.parse(json(update));
    assertThat(reading.messages()).isEmpty();
    assertThat(Objects.requireNonNull(reading.ignored()).english()).containsIgnoringCase(reason);
  }

  @Test
  void everyKnownKindOfUpdateHasAReasonInBothLanguages() {
    for (String kind : UpdateReader.KNOWN) {
      LocalizedMessage reason = Objects.requireNonNull(UpdateReader.parse(json("{'update_id': 1, '" + kind + "': {}}")).ignored());
      assertThat(reason.english()).contains("(" + kind + ")");
      assertThat(reason.in(Locale.of("uk"))).contains("(" + kind + ")").isNotEqualTo(reason.english());
    }
  }

  @Test
  void customEmojiAreOneReactionAsInAnExport() {
    String chat = "'chat': {'id': -100777, 'type': 'supergroup'}, 'message_id': 3, 'date': 1700000000, ";
    var change = UpdateReader.parse(json("{'update_id': 1, 'message_reaction': {" + chat
        + "'user': {'id': 8}, 'old_reaction': [], 'new_reaction': "
        + "[{'type': 'emoji', 'emoji': '👍'}, {'type': 'custom_emoji', 'custom_emoji_id': '53683'}, {'type': 'custom_emoji', 'custom_emoji_id': '53684'}]}}"));
    assertThat(change.reactions().getFirst().after()).isEqualTo(Map.of("👍", 1, "custom emoji", 2));
    var counts = UpdateReader.parse(json("{'update_id': 2, 'message_reaction_count': {" + chat + "'reactions': "
        + "[{'type': {'type': 'custom_emoji', 'custom_emoji_id': '53683'}, 'total_count': 2}, {'type': {'type': 'paid'}, 'total_count': 1}]}}"));
    assertThat(counts.reactions().getFirst().after()).isEqualTo(Map.of("custom emoji", 2, "⭐", 1));
  }

  /** Where the updates that client libraries test with lie beside the project, none may trouble us. */
  @Test
  void updatesOfOtherLibrariesAreReadOrIgnored() throws IOException {
    Path folder = Path.of("..", "shared", "data", "telegram-updates");
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        assertThat(files.filter(f -> f.toString().endsWith(".json"))).isNotEmpty().allSatisfy(file -> {
          JsonObject json = json(Files.readString(file));
          assertThat(isUnderstood(json)).isTrue();
          assertThat(isUnderstood(Json.createObjectBuilder().add("update_id", 1).add("message", json).build())).isTrue();
        });
      }
    }
  }

  private static boolean isUnderstood(JsonObject update) {
    var reading = UpdateReader.parse(update);
    return (reading.messages().isEmpty() && reading.reactions().isEmpty()) == (reading.ignored() != null);
  }

  private static IncomingMessage only(String payload) {
    var reading = UpdateReader.parse(json("{'update_id': 1, " + payload + "}"));
    assertThat(reading.ignored()).isNull();
    assertThat(reading.messages()).hasSize(1);
    return reading.messages().getFirst();
  }

  private static JsonObject json(String text) {
    try (var reader = Json
        .createReader(new StringReader(text.contains("'update_id'") || text.startsWith("{'") ? text.replace('\'', '"') : text))) {
      return reader.readObject();
    }
  }
}
