package tasktracker.source.telegram.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.IncomingMessage.Reaction;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

class TelegramExportFormatTest {

  private static final List<TranscriptEntry> ACCOUNT = lines(resource("account.json"));
  private static final List<TranscriptEntry> TRAPS = lines(resource("traps.json"));

  @Test
  void aWholeAccountTellsEveryChatIncludingThoseOlenaHasLeft() {
    assertThat(messages(ACCOUNT)).extracting(m -> m.chat().externalId()).containsSubsequence("user:1", "user:77",
        "channel:500", "group:600").doesNotContain("user:2");
    assertThat(ACCOUNT).hasSize(13);
  }

  @Test
  void aChatWithoutNameIsStillAChat() {
    assertThat(message(ACCOUNT, "user:1", "1").chat().title()).isEqualTo("Saved messages");
    assertThat(message(ACCOUNT, "user:77", "5").chat().title()).isNull();
  }

  @Test
  void aDeletedAccountStillSpeaks() {
    assertThat(message(ACCOUNT, "user:77", "5").author()).extracting("externalId", "firstName")
        .containsExactly("user:77", "Deleted account");
  }

  @Test
  void theOldGroupsMessagesKeepTheirNegativeIds() {
    assertThat(message(ACCOUNT, "channel:500", "-999999989").text()).isEqualTo("from the old group");
    assertThat(message(ACCOUNT, "channel:500", "-999999990").text()).isEqualTo("[created the group: Olena, Kevin]");
  }

  @Test
  void whatAnswersATopicBelongsToIt() {
    assertThat(messages(ACCOUNT).stream().filter(m -> m.chat().externalId().equals("channel:500")))
        .filteredOn(m -> m.threadId() != null).extracting("externalId", "threadId", "threadTitle", "replyTo")
        .containsExactly(tuple("4", "4", "Bugs", null), tuple("5", "4", "Bugs", null), tuple("6", "4", "Bugs", "5"),
            tuple("8", "4", "Defects", null), tuple("9", "4", "Defects", "6"));
  }

  @Test
  void anAnswerToAnotherChatAnswersNothingHere() {
    assertThat(message(ACCOUNT, "channel:500", "10")).extracting("replyTo", "threadId").containsExactly(null, null);
  }

  @Test
  void aVeryOldFileHasLocalTimesBareIdsAndNoEdits() {
    IncomingMessage old = message(ACCOUNT, "group:600", "11");
    assertThat(old.sentAt()).isEqualTo(Instant.parse("2019-05-01T10:00:00Z"));
    assertThat(old.editedAt()).isNull();
    assertThat(old.author().externalId()).isEqualTo("user:4242");
  }

  @Test
  void spansAreCountedAsStringsCountThem() {
    IncomingMessage first = message(TRAPS, "channel:1234567890", "1");
    assertThat(first.text()).isEqualTo("😀 дивись https://example.org/x і Петро");
    assertThat(first.entities()).containsExactly(new TextEntity("url", 10, 21, null), new TextEntity("text_mention", 34, 5, "55"));
    assertThat(first.text().substring(34, 39)).isEqualTo("Петро");
    assertThat(first.chat().kind()).isEqualTo(ChatKind.SUPERGROUP);
    assertThat(first.sentAt()).isEqualTo(Instant.ofEpochSecond(1738569600));
    assertThat(first.editedAt()).isEqualTo(Instant.ofEpochSecond(1738573200));
    assertThat(first.reactions()).containsExactlyInAnyOrder(new Reaction("👍", 3), new Reaction("custom emoji", 1), new Reaction("⭐", 2));
  }

  @Test
  void textInPiecesIsJoinedAndWhatIsNoTextIsLeftOut() {
    assertThat(trap("2").text()).isEqualTo("plain and bold");
    assertThat(trap("2").entities()).containsExactly(new TextEntity("bold", 6, 8, null));
    assertThat(trap("17").entities()).extracting("type", "value").containsExactly(tuple("expandable_blockquote", null),
        tuple("pre", "sql"), tuple("text_link", "https://e.org"), tuple("holo", null));
  }

  @Test
  void picturesOfOneSecondAreAnAlbumWithOneCaptionAtMost() {
    assertThat(trap("3")).extracting("text", "mediaGroup", "kind").containsExactly("[Photo]", "album:3", MessageKind.MEDIA);
    assertThat(trap("4")).extracting("text", "mediaGroup").containsExactly("the whole album", "album:3");
    assertThat(trap("5").mediaGroup()).isNull();
  }

  @Test
  void attachmentsHavePlaceholdersWithoutPaths() {
    assertThat(List.of("6", "7", "8", "9", "10")).map(id -> trap(id).text()).containsExactly("[File]", "[File, plan.pdf]",
        "[Voice message, 1:13]", "[Poll] Friday?\n- yes\n- no", "[Location]");
  }

  /** An unsupported message never replaces a known text. */
  @ParameterizedTest
  @ValueSource(strings = {"\"media_type\": \"hologram\", \"file\": \"a.holo\"", "\"media_type\": 7", "\"file\": {\"path\": \"a.holo\"}"})
  void anAttachmentOfAnUnknownKindIsUnsupportedUnlessItHasText(String media) {
    assertThat(only("\"text\": \"\", " + media).kind()).isEqualTo(MessageKind.UNSUPPORTED);
    assertThat(only("\"text\": \"caption\", " + media)).extracting("kind", "text").containsExactly(MessageKind.MEDIA, "caption");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"file\": \"plan.pdf\"", "\"media_type\": \"sticker\"", "\"photo\": \"a.jpg\", \"media_type\": \"hologram\""})
  void anAttachmentOfAKnownKindIsMedia(String media) {
    assertThat(only("\"text\": \"\", " + media).kind()).isEqualTo(MessageKind.MEDIA);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"\"caption\": \"look at this\", \"file\": {}; look at this",
      "\"hologram\": {\"layers\": [{\"text\": [\"two \", {\"text\": \"parts\"}]}]}; two parts",
      "\"poll\": \"Which day?\"; Which day?",
      "\"file\": \"(File not included. Change data exporting settings to download.)\", \"note_text\": {\"text\": \"see page 3\"}; [File]\\nsee page 3",
      "\"media_type\": \"hologram\", \"about\": \"слово\"; слово", "\"contact_information\": \"Oleh Bondar\"; [Contact]\\nOleh Bondar",
      "\"type\": \"service\", \"action\": \"teleport\", \"where\": {\"place\": \"the other room\"}; [teleport: the other room]",
      "\"rich_message\": {\"blocks\": [{\"rows\": [[\"A1\", \"B1\"]]}]}; A1 | B1"})
  void wordsInUnknownMembersAreTaken(String members, String text) {
    assertThat(only(members).text()).isEqualTo(text.replace("\\n", "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"cover\": \"(File exceeds maximum size. Change data exporting settings to download.)\"",
      "\"cover\": \"video_files/a b (1).webm\"", "\"code\": \"a8f0\"",
      "\"owner\": {\"first_name\": \"Anna Maria\"}", "\"from\": \"Nina K\"", "\"sizes\": [1, 2]", "\"width\": 7"})
  void whatIsNotWordsIsNoText(String members) {
    assertThat(only("\"file\": \"a.bin\", " + members).text()).isEqualTo("[File, a.bin]");
    assertThat(only(members).text()).isEqualTo("[Media]");
  }

  @Test
  void theTextIsKeptWhenItsEntitiesContainAnother() {
    IncomingMessage message = only("\"text\": \"all of it\", \"text_entities\": [{\"type\": \"bold\", \"text\": \"all\"}]");
    assertThat(message).extracting("text", "entities").containsExactly("all of it", List.of());
  }

  private static IncomingMessage only(String members) {
    return messages(
        lines("{\"id\": 1, \"type\": \"private_group\", \"messages\": [{\"id\": 1, \"date_unixtime\": \"1700000000\", " + members + "}]}"))
        .getFirst();
  }

  @Test
  void unknownKindsAreStored() {
    assertThat(trap("13")).extracting("text", "kind").containsExactly("[teleport members]", MessageKind.SERVICE);
    assertThat(trap("14").text()).isEqualTo("new kind\uFFFD\u001f of \\x41 \"message\"");
    assertThat(trap("11").forwardedFrom()).isEqualTo("Deleted account");
    assertThat(trap("17").author().externalId()).isEqualTo("channel:9");
  }

  @Test
  void whatCannotBeKeptIsListedWithItsPositionAndReason() {
    assertThat(TRAPS).filteredOn(TranscriptEntry.Skipped.class::isInstance)
        .containsExactly(new TranscriptEntry.Skipped("unsupported", false));
    assertThat(TRAPS).filteredOn(TranscriptEntry.Unreadable.class::isInstance)
        .map(part -> ((TranscriptEntry.Unreadable) part).why().getMessage())
        .satisfiesExactly(
            why -> assertThat(why).matches(
                "Message 15 of the chat \\(ID 15\\), at line \\d+, column \\d+ \\(offset \\d+\\), has no date that can be read .*"),
            why -> assertThat(why).startsWith("Message 17 of the chat, at line ").endsWith("has no \"id\", so it cannot be identified."),
            why -> assertThat(why).startsWith("Entry 18 of the chat's messages, at line ").endsWith("is not a message."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"date_unixtime\": \"\", \"date\": \"2023-11-14T22:13:20\"",
      "\"date_unixtime\": \"soon\", \"date\": \"2023-11-15 00:13:20+02:00\"",
      "\"date_unixtime\": null, \"date\": 1700000000", "\"date_unixtime\": 1700000000, \"date\": \"\"",
      "\"date_unixtime\": {}, \"date\": \"2023-11-14T22:13:20Z\""})
  void theDateThatCanBeReadIsUsed(String dates) {
    List<TranscriptEntry> lines = lines(
        "{\"id\": 1, \"type\": \"private_group\", \"messages\": [{\"id\": 1, \"text\": \"hello\", " + dates + "}]}");
    assertThat(messages(lines)).singleElement().extracting("sentAt").isEqualTo(Instant.ofEpochSecond(1_700_000_000));
  }

  @Test
  void aMessageThatIsNestedTooDeepIsListedAndOthersAreRead() {
    String head = "{\"name\": \"Team\", \"id\": 1, \"type\": \"private_group\", \"about\": " + "[".repeat(300) + "]".repeat(300)
        + ", \"messages\": [";
    String message = "{\"id\": 1, \"date_unixtime\": \"1700000000\", \"text\": \"hello\", \"x\": " + "[".repeat(150) + "]".repeat(150)
        + "}";
    List<TranscriptEntry> lines = lines(head + message + ",\n"
        + message.replace("\"x\": [", "\"x\": {\"a\": " + "[".repeat(151)).replace("]}", "]" + "]".repeat(150) + "}}") + ", " + message
        + "]}");
    assertThat(messages(lines)).extracting("text").containsExactly("hello", "hello");
    assertThat(lines).element(1).isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> {
      assertThat(part.name()).isEqualTo("Team");
      assertThat(part.why())
          .hasMessageMatching("Message 2 of the chat, at line 2, column \\d+ \\(offset \\d+\\), has more than 200 levels of nesting.");
    });
  }

  @Test
  void controlCharactersAndNoNumbersDoNotFailTheFile() {
    assertThat(only("\"text\": \"a\0b\u0001c\nd\\\te\", \"x\": NaN, \"y\": [NaN, -Infinity,\n-7 , Infinity]").text())
        .isEqualTo("a\uFFFDb\u0001c\nd\te");
    assertThat(only("\"text\": [NaN, \"b\", NaN], \"z\": -Infinity\n").text()).isEqualTo("b");
  }

  @Test
  void nulBytesAtTheEndOfTheFileAreIgnored() {
    String whole = "{\"id\": 1, \"type\": \"private_group\", \"messages\": [{\"id\": 1, \"date_unixtime\": \"1700000000\", \"text\": \"hello\"}]}";
    assertThat(messages(lines(whole + "\0".repeat(10_000)))).hasSize(1);
    assertThatThrownBy(() -> lines(whole.replace("hello", "hel").substring(0, 100) + "\0".repeat(10_000)))
        .hasMessageStartingWith("The file is incomplete: it ends at line 1");
    assertThatThrownBy(() -> lines(whole + "\0\0 ")).hasMessageStartingWith("The file is not encoded in UTF-8");
  }

  @Test
  void aNameAfterTheMessagesIsFoundByReadingTheFileAgain() {
    byte[] sorted = "{\"id\": 1, \"messages\": [{\"id\": 1, \"date\": 1700000000, \"text\": \"a\"}], \"name\": \"Team\", \"type\": \"private_group\"}"
        .getBytes(StandardCharsets.UTF_8);
    byte[] named = "{\"id\": 1, \"type\": \"private_group\", \"messages\": [{\"id\": 1, \"date\": 1700000000, \"text\": \"a\"}], \"name\": \"Team\"}"
        .getBytes(StandardCharsets.UTF_8);
    for (byte[] file : List.of(sorted, named)) {
      try (Transcript transcript = new TelegramExportFormat().open(new ByteArrayInputStream(file), () -> new ByteArrayInputStream(file))) {
        assertThat(transcript.next()).isInstanceOfSatisfying(TranscriptEntry.Parsed.class,
            said -> assertThat(said.message().chat()).extracting("externalId", "title").containsExactly("group:1", "Team"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"// made by hand\n{}", "{\"id\": 1 /* its number */}", "{\"id\": // its number\n1}",
      "{\"id\": 1, // its number\n\"type\": \"a\"}", "{\"id\": 1 // its number\n}"})
  void aCommentIsNamed(String text) {
    assertThatThrownBy(() -> lines(text)).hasMessageStartingWith("There is a comment at line ").hasMessageContaining("without comments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"ok\": true}", "7", "{\"messages\": [{\"id\": 1}]}", "{\"messages\": {}}",
      "{\"chats\": {\"list\": 7}}", "{\"name\": \"x\", \"type\": \"private_group\", \"messages\": []}"})
  void anotherFormatIsRefusedWithWhatWasExpectedAndWhere(String text) {
    assertThatThrownBy(() -> lines(text)).isInstanceOfSatisfying(UnreadableFile.class, e -> {
      assertThat(e.isBroken()).isFalse();
      assertThat(e).hasMessageContaining("not a result.json file from Telegram: at line 1, column ").hasMessageContaining("expected");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"id\": 1, \"type\": \"private_group\", \"messages\": [\n{\"id\": 2, }]}",
      "{\"id\": 1, \"type\": \"a\", \"messages\": []} {",
      "{\"id\": 1, \"type\": \"private_group\", \"messages\": [{\"a\": \"\\x4\"}]}"})
  void brokenJsonIsRefusedWithThePlace(String text) {
    assertThatThrownBy(() -> lines(text)).isInstanceOfSatisfying(UnreadableFile.class, e -> {
      assertThat(e.isBroken()).isTrue();
      assertThat(e).hasMessageContaining("invalid");
    });
  }

  @Test
  void thePlaceNamesLineAndColumn() {
    assertThatThrownBy(() -> lines("{\"id\": 1, \"type\": \"private_group\", \"messages\": [\n{\"id\": 2, }]}"))
        .hasMessageContaining("line 2, column 11").hasMessageContaining("offset");
  }

  @Test
  void aTextThatWouldFillTheMemoryIsLeftOut() {
    for (String piece : List.of("a", "\u0439", "\uD83D\uDE00", "\\u0439", "\\\\", "\\\"", "\\x41")) {
      String endless = "{\"id\": 1, \"type\": \"private_group\", \"messages\": [{\"id\": 1, \"date_unixtime\": \"1700000000\", \"text\": \""
          + piece.repeat(300_000) + "\"}, {\"id\": 2, \"date_unixtime\": \"1700000000\", \"text\": \"" + piece.repeat(30_000) + "\"}]}";
      List<TranscriptEntry> lines = lines(endless);
      assertThat(lines).as(piece).hasSize(2).first().isEqualTo(TranscriptEntry.Skipped.TOO_LARGE);
      assertThat(lines).as(piece).last().isInstanceOf(TranscriptEntry.Parsed.class);
    }
  }

  @Test
  void jsonNestedToHarmIsRefused() {
    String deep = "{\"id\": 1, \"type\": \"private_group\", \"messages\": [{\"text\": " + "[".repeat(100_000) + "]}";
    assertThatThrownBy(() -> lines(deep)).isInstanceOf(UnreadableFile.class);
  }

  @Test
  void aMessageThatIsNestedToHarmIsListedAndTheNextIsRead() {
    String nested = "[".repeat(100_000) + "]".repeat(100_000);
    List<TranscriptEntry> lines = lines("{\"id\": 1, \"type\": \"private_group\", \"about\": " + nested + ", \"messages\": ["
        + "{\"id\": 1, \"type\": \"message\", \"date_unixtime\": \"1700000000\", \"from_id\": \"user1\", \"text\": " + nested + "},"
        + "{\"id\": 2, \"type\": \"message\", \"date_unixtime\": \"1700000001\", \"from_id\": \"user1\", \"text\": \"next\"}]}");
    assertThat(lines).hasSize(2).first().isInstanceOf(TranscriptEntry.Unreadable.class);
    assertThat(messages(lines)).singleElement().extracting(IncomingMessage::text).isEqualTo("next");
  }

  private static IncomingMessage trap(String id) {
    return message(TRAPS, "channel:1234567890", id);
  }

  private static IncomingMessage message(List<TranscriptEntry> lines, String chat, String id) {
    return messages(lines).stream().filter(m -> m.chat().externalId().equals(chat) && m.externalId().equals(id)).findFirst()
        .orElseThrow();
  }

  private static List<IncomingMessage> messages(List<TranscriptEntry> lines) {
    return lines.stream().filter(TranscriptEntry.Parsed.class::isInstance).map(line -> ((TranscriptEntry.Parsed) line).message()).toList();
  }

  private static List<TranscriptEntry> lines(String text) {
    return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<TranscriptEntry> lines(InputStream file) {
    List<TranscriptEntry> lines = new ArrayList<>();
    try (Transcript transcript = new TelegramExportFormat().open(file)) {
      for (TranscriptEntry line = transcript.next(); line != null; line = transcript.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static InputStream resource(String name) {
    return TelegramExportFormatTest.class.getResourceAsStream("/source/" + name);
  }
}
