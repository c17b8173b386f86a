package tasktracker.source.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.IncomingMessage.Reaction;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

class SlackExportFormatTest {

  private static Map<String, String> workspace() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("users.json",
        "[{'id': 'U1', 'name': 'olena', 'deleted': false, 'profile': {'real_name': 'Olena Koval', 'email': 'olena@example.org'}}, {'id': 'U2', 'name': 'kevin', 'real_name': 'Kevin'}, {'id': 'B9', 'name': 'ci', 'is_bot': true}]");
    files.put("channels.json", "[{'id': 'C1', 'name': 'general'}, {'id': 'C2', 'name': 'bugs'}]");
    files.put("dms.json", "[{'id': 'D1', 'members': ['U1', 'U2']}]");
    files.put("general/2024-05-02.json",
        "[{'type': 'message', 'user': 'U2', 'text': 'later', 'ts': '1714640000.000100', 'thread_ts': '1714550000.000100'}]");
    files.put("general/2024-05-01.json",
        "[{'type': 'message', 'user': 'U1', 'text': 'first <@U2>, see <https://example.org/a?b=1&amp;c=2|the page> &amp; <#C2|bugs>', 'ts': '1714550000.000100', 'thread_ts': '1714550000.000100', 'reactions': [{'name': 'thumbsup', 'users': ['U2'], 'count': 1}]}, {'type': 'message', 'subtype': 'channel_join', 'user': 'U2', 'text': '<@U2> has joined', 'ts': '1714550009.000300'}]");
    files.put("bugs/2024-05-01.json",
        "[{'type': 'message', 'user': 'U2', 'text': '*login* fails', 'ts': '1714550005.000200', 'edited': {'user': 'U2', 'ts': '1714550100.000000'}}, {'subtype': 'tombstone', 'ts': '1714550006.000200'}, {'type': 'message', 'subtype': 'bot_message', 'bot_id': 'B77', 'username': 'Deploys', 'text': '', 'attachments': [{'fallback': 'deploy done'}], 'ts': '1714550010.000000'}, {'type': 'message', 'text': '', 'blocks': [{'type': 'rich_text', 'elements': [{'elements': [{'type': 'text', 'text': 'from '}, {'type': 'text', 'text': 'blocks'}]}]}], 'ts': '1714550011.000000'}, {'type': 'message', 'user': 'U1', 'text': '', 'files': [{'name': 'plan.pdf'}], 'ts': '1714550012.000000'}]");
    files.put("D1/2024-05-01.json", "[{'type': 'message', 'user': 'U1', 'text': 'quietly', 'ts': '1714550001.5'}]");
    files.put("integration_logs.json", "[]");
    return files;
  }

  @Test
  void everythingIsToldInTheOrderOfTimeAcrossConversations() {
    assertThat(messages(lines(zip(workspace())))).extracting(m -> m.chat().externalId() + " " + m.text().split("[ ,]")[0])
        .containsExactly("C1 first", "D1 quietly", "C2 login", "C1 @Kevin", "C2 deploy", "C2 from", "C2 [File", "C1 later");
  }

  @Test
  void aTimeStampIsTheIdAndAReplyKnowsItsThread() {
    IncomingMessage first = messages(lines(zip(workspace()))).getFirst();
    IncomingMessage reply = messages(lines(zip(workspace()))).getLast();
    assertThat(first).extracting("externalId", "threadId", "replyTo", "sentAt").containsExactly("1714550000.000100",
        "1714550000.000100", null, Instant.parse("2024-05-01T07:53:20.000100Z"));
    assertThat(reply).extracting("externalId", "threadId", "replyTo")
        .containsExactly("1714640000.000100", "1714550000.000100", "1714550000.000100");
    assertThat(first.reactions()).containsExactly(new Reaction(":thumbsup:", 1));
  }

  @Test
  void peopleAndConversationsHaveTheirNames() {
    List<IncomingMessage> all = messages(lines(zip(workspace())));
    assertThat(all.getFirst().author()).extracting("externalId", "firstName", "email").containsExactly("U1", "Olena Koval",
        "olena@example.org");
    assertThat(all.get(1).chat()).extracting("externalId", "kind", "title").containsExactly("D1", ChatKind.PRIVATE, "Olena Koval, Kevin");
    assertThat(all.get(4).author()).extracting("externalId", "firstName", "isBot").containsExactly("bot:Deploys", "Deploys", true);
    assertThat(all.get(5).author().firstName()).isEqualTo("Unknown");
  }

  @Test
  void joinsAreServiceMessagesAndDeletedMessagesAreSkipped() {
    List<TranscriptEntry> all = lines(zip(workspace()));
    assertThat(messages(all).get(3).kind()).isEqualTo(MessageKind.SERVICE);
    assertThat(all).contains(new TranscriptEntry.Skipped("deleted", false));
  }

  @Test
  void aMessageWithoutTimeStampIsListedWithItsPosition() {
    Map<String, String> files = workspace();
    files.put("bugs/2024-05-03.json", "[{'user': 'U2', 'text': 'no time'}, {'user': 'U1', 'text': 'behind', 'ts': '1714726003.000100'}]");
    List<TranscriptEntry> lines = lines(zip(files));
    assertThat(messages(lines)).hasSize(9).last().extracting(IncomingMessage::text).isEqualTo("behind");
    assertThat(lines).filteredOn(TranscriptEntry::isFault).singleElement()
        .isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> {
          assertThat(part.name()).isEqualTo("bugs/2024-05-03.json");
          assertThat(part.why())
              .hasMessageMatching("In bugs/2024-05-03.json: The message at line 1, column \\d+ \\(offset \\d+\\) has no valid \"ts\".*");
          assertThat(part.why().reason().in(Locale.of("uk"))).contains("Повідомлення у рядку 1");
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 899, 901, 100_000})
  void aMessageThatIsNestedTooDeepIsListedAndTheDayGoesOn(int depth) {
    Map<String, String> files = workspace();
    String message = "{'user': 'U1', 'text': '%s', 'ts': '171472600%d.000100'}";
    files.put("bugs/2024-05-03.json",
        "[" + message.formatted("before", 1) + ", {'ts': '1714726002.000100', 'blocks': " + "[".repeat(depth) + "]".repeat(depth)
            + "}, " + message.formatted("behind", 3) + "]");
    List<TranscriptEntry> lines = lines(zip(files));
    assertThat(messages(lines)).extracting(IncomingMessage::text).endsWith("before", "behind").hasSize(10);
    assertThat(lines).filteredOn(line -> line instanceof TranscriptEntry.Unreadable part && part.name().equals("bugs/2024-05-03.json"))
        .singleElement()
        .isInstanceOfSatisfying(TranscriptEntry.Unreadable.class,
            part -> assertThat(part.why()).hasMessageContaining("more than 200 levels of nesting"));
  }

  @Test
  void markupBecomesSpans() {
    SlackText text = SlackText.of("*bold _both_* and `a_b_c` ~gone~ 2*3*4 snake_case_name <!here> <mailto:a@b.c|a@b.c> &lt;b&gt;",
        new SlackDirectory());
    assertThat(text.text()).isEqualTo("bold both and a_b_c gone 2*3*4 snake_case_name @here a@b.c <b>");
    assertThat(text.entities()).extracting("type", "offset", "length").containsExactly(tuple("italic", 5, 4), tuple("bold", 0, 9),
        tuple("code", 14, 5), tuple("strikethrough", 20, 4), tuple("mention", 47, 5), tuple("email", 53, 5));
    IncomingMessage first = messages(lines(zip(workspace()))).getFirst();
    assertThat(first.text()).isEqualTo("first @Kevin, see the page & #bugs");
    assertThat(first.entities()).contains(new TextEntity("text_mention", 6, 6, "U2"),
        new TextEntity("text_link", 18, 8, "https://example.org/a?b=1&c=2"));
  }

  /** Counts how often a character is looked at. */
  private record Counted(String text, long[] looks) implements CharSequence {

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks[0]++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<", "<a|", "*a", "*a ", "_a", " _a", "~a", "`", "`a", "```", "``` ", "*_~`<a", "<!a^", "* *", "a"})
  void markupIsFoundInLinearSteps(String piece) {
    long before = looks(piece.repeat(1_000));
    for (int times = 2_000; times <= 8_000; times *= 2) {
      long looks = looks(piece.repeat(times));
      assertThat(looks).isLessThan(before * 5 / 2);
      before = looks;
    }
  }

  private static long looks(String text) {
    Counted counted = new Counted(text, new long[1]);
    assertThat(SlackText.MARKUP.matcher(counted).results().count()).isNotNegative();
    return counted.looks()[0];
  }

  /** Nothing is unpacked. */
  @ParameterizedTest
  @ValueSource(strings = {"../../x", "/etc/passwd", "a/../../b.json", "c:\\x", "C:/x", "general/2024-05-01/2024-05-01.json"})
  void aNameAloneNeverRefusesTheFile(String name) {
    Map<String, String> files = workspace();
    files.put(name, "[]");
    List<TranscriptEntry> lines = lines(zip(files));
    assertThat(messages(lines)).hasSize(8);
    List<String> leftOut = lines.stream().filter(TranscriptEntry.Unreadable.class::isInstance)
        .map(line -> ((TranscriptEntry.Unreadable) line).name()).toList();
    assertThat(leftOut).isEqualTo(name.contains("..") || name.startsWith("general") ? List.of(name) : List.of());
  }

  @Test
  void aZipBombIsRejected() {
    Map<String, String> files = workspace();
    files.put("general/2024-05-03.json", "[" + " ".repeat(30 << 20) + "]");
    assertThatThrownBy(() -> lines(zip(files))).isInstanceOf(UnreadableFile.class).hasMessageContaining("compression ratio");
  }

  @Test
  void whatIsNoExportOfSlackIsRefused() {
    assertThatThrownBy(() -> lines("no zip".getBytes(StandardCharsets.UTF_8))).isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("This ZIP file cannot be read");
    assertThatThrownBy(() -> lines(zip(Map.of("a.txt", "x")))).isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("users.json and the lists of channels are missing");
  }

  @Test
  void aBrokenDayIsToldAndTheOthersAreRead() {
    Map<String, String> files = workspace();
    files.put("bugs/2024-05-03.json", "[{'ts': }]");
    List<TranscriptEntry> lines = lines(zip(files));
    assertThat(messages(lines)).hasSize(8);
    assertThat(lines).last().isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> assertThat(part.why())
        .hasMessageContaining("bugs/2024-05-03.json is invalid at line 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n[{'user': 'U1', 'text': 'lost', 'ts': '1714727000.000100'}]", " text", "]", ", {}"})
  void whatFollowsTheArrayOfADayIsToldAndTheMessagesBeforeAreRead(String rest) {
    Map<String, String> files = workspace();
    files.put("bugs/2024-05-03.json", "[{'user': 'U1', 'text': 'kept', 'ts': '1714726000.000100'}]" + rest);
    List<TranscriptEntry> lines = lines(zip(files));
    assertThat(messages(lines)).hasSize(9).last().extracting(IncomingMessage::text).isEqualTo("kept");
    assertThat(lines).last().isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> assertThat(part.why())
        .hasMessageContaining("The JSON of bugs/2024-05-03.json is invalid at line "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bugs/2024-05-03.json", "users.json"})
  void aWrongChecksumIsToldAndTheMessagesOfTheFileAreRead(String name) {
    Map<String, String> files = workspace();
    files.put("bugs/2024-05-03.json", "[{'user': 'U1', 'text': 'kept', 'ts': '1714726000.000100'}]");
    List<TranscriptEntry> lines = lines(withWrongChecksum(zip(files), name));
    assertThat(messages(lines)).hasSize(9).last().extracting(IncomingMessage::text).isEqualTo("kept");
    assertThat(lines).filteredOn(TranscriptEntry::isFault).filteredOn(TranscriptEntry.Unreadable.class::isInstance).singleElement()
        .isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> {
          assertThat(part.name()).isEqualTo(name);
          assertThat(part.why()).hasMessageContaining("In " + name + ": The checksum in the ZIP file does not match the content");
        });
  }

  @Test
  void theFirstOfTwoEntriesOfOneNameIsToldAndTheSecondIsRead() {
    Map<String, String> files = workspace();
    files.put("bugs/2024-05-03.json", "[{'user': 'U1', 'text': 'first', 'ts': '1714726000.000100'}]");
    files.put("bugs/2024-05-04.json", "[{'user': 'U1', 'text': 'second', 'ts': '1714726001.000100'}]");
    byte[] zip = new String(zip(files), StandardCharsets.ISO_8859_1).replace("2024-05-04", "2024-05-03")
        .getBytes(StandardCharsets.ISO_8859_1);
    List<TranscriptEntry> lines = lines(zip);
    assertThat(messages(lines)).hasSize(9).last().extracting(IncomingMessage::text).isEqualTo("second");
    assertThat(lines).last().isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> {
      assertThat(part.name()).isEqualTo("bugs/2024-05-03.json");
      assertThat(part.why()).hasMessageContaining("several entries of this name");
    });
  }

  /** Changes the CRC of the entry in the central directory, which follows all contents. */
  private static byte[] withWrongChecksum(byte[] zip, String name) {
    int record = new String(zip, StandardCharsets.ISO_8859_1).lastIndexOf(name) - 46;
    zip[record + 16] ^= 1;
    return zip;
  }

  /** Names in an archive are a stranger's: they are shown, never read as a pattern of ours. */
  @ParameterizedTest
  @ValueSource(strings = {"{0}", "it's {1,number}", "{0#a|b}", "'"})
  void aHostileNameIsShownAsItIs(String name) {
    Map<String, String> files = workspace();
    files.put(name + "/2024-05-03.json", "[{'ts': }]");
    assertThat(lines(zip(files))).last().isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> {
      assertThat(part.why()).hasMessageContaining("The JSON of " + name + "/2024-05-03.json is invalid at line 1, column ");
      assertThat(part.why().reason().in(Locale.of("uk")))
          .startsWith("JSON у файлі " + name + "/2024-05-03.json пошкоджено у рядку 1, стовпці ");
    });
  }

  private static List<IncomingMessage> messages(List<TranscriptEntry> lines) {
    return lines.stream().filter(TranscriptEntry.Parsed.class::isInstance).map(line -> ((TranscriptEntry.Parsed) line).message()).toList();
  }

  private static List<TranscriptEntry> lines(byte[] file) {
    List<TranscriptEntry> lines = new ArrayList<>();
    try (Transcript transcript = new SlackExportFormat().open(new ByteArrayInputStream(file))) {
      for (TranscriptEntry line = transcript.next(); line != null; line = transcript.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static byte[] zip(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
