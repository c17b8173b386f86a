package tasktracker.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Inputs of the same kinds as the reported ones, made up after what the formats' documentation says and what other
 * importers are tested with. All people are invented.
 */
public final class FurtherImportCases {

  private static final String USERS = "[{'id': 'UF1', 'name': 'daryna', 'profile': {'real_name': 'Daryna Further'}}, {'id': 'UF2', 'name': 'marko', 'real_name': 'Marko Further'}]";

  private FurtherImportCases() {}

  public static Stream<ImportCase> all() {
    return Stream.of(telegram(), slack(), lines()).flatMap(List::stream);
  }

  static List<ImportCase> telegram() {
    return List.of(
        telegram("UTF-16 with the mark of the other byte order",
            text(StandardCharsets.UTF_16BE, "\uFEFF" + chat(1, said(1, "'text': 'поїзд 🚆 їде'"))))
            .says("Nina: поїзд 🚆 їде"),
        telegram("a byte order mark and the line ends of Windows",
            text("\uFEFF" + chat(2, said(1, "'text': 'one'"), said(2, "'text': 'two'")).replace("\n", "\r\n")))
            .says("Nina: one", "Nina: two"),
        telegram("paths without quotes in a reaction, before a comma, and with a quote in them", text(chat(3,
            said(1, "'text': [{'type': 'custom_emoji', 'text': '🙂', 'document_id': stickers/AnimatedSticker (1).tgs\n}],\n"
                + "'reactions': [{'type': 'custom_emoji', 'document_id': video_files/a \u0001b, c.webm,\n'count': 2}]"),
            said(2, "'text': 'after'")).replace('\u0001', '"')))
            .says("Nina: 🙂", "Nina: after"),
        telegram("a text that is an object, and segments in segments", text(chat(4, said(1, "'text': {'type': 'bold', 'text': 'loud'}"),
            said(2, "'text': ['a ', {'type': 'italic', 'text': ['b ', {'type': 'bold', 'text': 'c'}]}, 7, null]"))))
            .says("Nina: loud", "Nina: a b c"),
        telegram("segments without words beside a known text", text(chat(5,
            said(1, "'text': 'known words', 'text_entities': [{'type': 'hologram', 'value': 3}], 'rich': {'text': 'x'}"),
            said(2, "'text': 'kept', 'text_entities': {'type': 'plain'}")))).says("Nina: known words", "Nina: kept"),
        telegram("a poll and a checklist with a text above them", text(chat(6,
            said(1,
                "'text': 'Please vote', 'poll': {'question': {'text': 'When?'}, 'answers': [{'text': ['Fri', {'type': 'bold', 'text': 'day'}]}, {}]}"),
            said(2,
                "'text': 'Plan', 'todo_list': {'title': ['Re', 'lease'], 'answers': [{'id': 1, 'text': 'Build'}, {'id': 2, 'text': [{'text': 'Ship'}]}], 'completions': [{'id': 1}]}"))))
            .says("Nina: Please vote\\n[Poll] When?\\n- Friday", "Nina: Plan\\nRelease: ☑ Build\\n☐ Ship"),
        telegram("a contact, a place, an invoice and a game",
            text(chat(7,
                said(1, "'text': '', 'contact_information': {'first_name': 'Lev', 'last_name': 'Bondar', 'phone_number': '+380000000000'}"),
                said(2, "'text': '', 'place_name': 'Café', 'address': 'Main street 1', 'location_information': {'latitude': 50}"),
                said(3, "'text': '', 'invoice_information': {'title': 'Licence', 'description': 'for a year', 'amount': 100}"),
                said(4, "'text': '', 'game_title': 'Chess', 'game_description': 'slow'"))))
            .says("Nina: [Contact, Lev Bondar, +380000000000]", "Nina: [Place, Café, Main street 1]",
                "Nina: [Invoice, Licence: for a year]", "Nina: [Game, Chess: slow]"),
        telegram("service messages with words of people",
            text(chat(8, service(1, "'action': 'invite_members', 'members': ['Olha', null, 'Yurii']"),
                service(2, "'action': 'send_webview_data', 'text': 'Order 7'"),
                service(3, "'action': 'teleport', 'reason_text': ['too ', {'type': 'bold', 'text': 'far'}]"),
                service(4, "'action': 'phone_call', 'duration_seconds': 75"),
                service(5, "'action': 'todo_append_tasks', 'items': [{'text': ['Call ', {'text': 'Ihor'}]}, {'text': 'Pay'}]"))))
            .says("Nina: [added: Olha, Yurii]", "Nina: Order 7", "Nina: [teleport: too far]", "Nina: [phone call: 1:15]",
                "Nina: [added tasks: Call Ihor, Pay]"),
        telegram("an account with four chats that are none",
            text("{'chats': {'list': ['x', {'name': 'No id', 'type': 'private_group', 'messages': [{'id': 1}]},\n"
                + "{'name': 'No list', 'type': 'private_group', 'id': 4, 'messages': {'id': 1}}, {'type': 'bot_chat', 'id': 'seven', 'messages': []},\n"
                + chat(9, said(1, "'text': 'fine'")) + ", {'name': 'Empty', 'type': 'private_group', 'id': 5, 'messages': null}]}}"))
            .says("Nina: fine")
            .leavesOut("1 | This entry of the chat list is not a chat.", "No id | The chat has no \"id\" before its messages",
                "No list | The chat's \"messages\" are not a list.",
                "bot_chat | The chat has no \"id\""),
        telegram("a file that ends within a letter", Arrays.copyOf(text(chat(10, said(1, "'text': 'first'"), said(2, "'text': 'щ"))), 296))
            .isRefused("The file is incomplete: it ends at line 3, column"),
        telegram("a gzip archive by the name of result.json", gzip(chat(11, said(1, "'text': 'packed'"))))
            .isRefused("This is a gzip archive, not a result.json file from Telegram. In Telegram Desktop, open the chat"),
        telegram("a chat with sorted members",
            text("{'id': 3400000016, 'messages': [" + said(1, "'text': 'one'") + "], 'name': 'Further 16', 'type': 'private_supergroup'}"))
            .says("Nina: one"),
        telegram("an account with sorted members",
            text("{'about': 'x', 'chats': {'about': 'y', 'list': [7, {'id': 3400000017, 'messages': [" + said(1, "'text': 'two'")
                + "], 'name': 'Further 17', 'type': 'private_group'},"
                + "{'id': 3400000018, 'messages': [" + said(1, "'text': 'three'")
                + "], 'name': null, 'type': 'personal_chat'}, {'id': 5, 'messages': [" + said(1, "'text': 'four'") + "]}]}}"))
            .says("Nina: two", "Nina: three").leavesOut("1 | This entry of the chat list is not a chat.", "5 | The chat has no \"type\""),
        telegram("sorted members, cut", text("{'id': 3400000019, 'messages': [" + said(1, "'text': 'one'") + "], 'name': 'Fur"))
            .isRefused("The file is incomplete: it ends at line 1, column "),
        telegram("a table of another program", text("Date,Author,Message\n2026-05-04,Nina,hello\n"))
            .isRefused("This is a CSV table, not a result.json file from Telegram. In Telegram Desktop, open the chat"),
        telegram("a table of a spreadsheet in UTF-16", text(StandardCharsets.UTF_16LE, "\uFEFFДата\tАвтор\tТекст\r\n2026\tNina\thello\r\n"))
            .isRefused("This is a CSV table, not a result.json"),
        telegram("a chat of WhatsApp from Android", text("5/4/26, 10:15\u202fPM - Nina: hello\n5/4/26, 10:16\u202fPM - Lev: hi\n"))
            .isRefused("This is a chat exported from WhatsApp, not a result.json file from Telegram."),
        telegram("a file with a comment", text("// from my computer\n" + chat(13, said(1, "'text': 'one'"))))
            .isRefused("There is a comment at line 1, column 2 (offset 1), which JSON does not allow."),
        telegram("NUL bytes behind the end, a control character and no number",
            text(chat(14, said(1, "'text': 'a\u0001b', 'x': NaN, 'y': [-Infinity]")) + "\0".repeat(9_000))).says("Nina: a\u0001b"),
        telegram("messages without an id, without a date, and nested too deep",
            text(chat(15, said(1, "'text': 'one'"), "{'type': 'message', 'date_unixtime': '1761000002', 'text': 'x'}",
                "{'id': 3, 'text': 'x'}",
                said(4, "'text': 'x', 'y': " + "[".repeat(300) + "]".repeat(300)), said(5, "'text': 'five'"))))
            .says("Nina: one", "Nina: five")
            .leavesOut("Further 15 | Message 2 of the chat, at line 3, column 2 (offset ",
                "Further 15 | Message 3 of the chat (ID 3), at line 4, column 2 (offset ",
                "Further 15 | Message 4 of the chat, at line 5, column 2 (offset "),
        telegram("an export that was saved in windows-1251",
            text(Charset.forName("windows-1251"), chat(12, said(1, "'text': 'plain'"), said(2, "'text': 'привіт'"))))
            .isRefused("The file is not encoded in UTF-8: see line 3 (offset "));
  }

  static List<ImportCase> slack() {
    return List.of(
        slack("a folder named in cp866", zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CF1', 'name': 'загальний'}]"),
            entry("IBM866", "загальний/2026-05-04.json", day(1, "from DOS")))).says("Daryna Further: from DOS"),
        slack("a folder named in windows-1251",
            zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CF2', 'name': 'новини-ї'}]"),
                entry("windows-1251", "новини-ї/2026-05-04.json", day(2, "from Windows"))))
            .says("Daryna Further: from Windows"),
        slack("a folder of no conversation in an unknown character set",
            zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CF3', 'name': 'team'}]"),
                entry("IBM437", "caf\u00E9/2026-05-04.json", day(3, "lost")), entry("team/2026-05-04.json", day(3, "kept"))))
            .says("Daryna Further: kept")
            .leavesOut("cafВ/2026-05-04.json | The name does not identify a conversation of the export."),
        slack("names that lead elsewhere, and one that is marked as UTF-8 and is not",
            markedAsUtf8(zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CF4', 'name': 'оголошення'}]"),
                entry("../../etc/2026-05-04.json", day(4, "elsewhere")),
                entry("windows-1251", "оголошення/2026-05-04.json", day(4, "kept")))))
            .says("Daryna Further: kept")
            .leavesOut("../../etc/2026-05-04.json | The name does not identify"),
        slack(
            "an export packed again in a folder on Windows",
            zip(entry("My export\\users.json", USERS), entry("My export\\channels.json", "[{'id': 'CF5', 'name': 'café'}]"),
                entry("My export\\café\\2026-05-04.json", day(5, "packed again")),
                entry("__MACOSX\\My export\\café\\._2026-05-04.json", "junk")))
            .says("Daryna Further: packed again"),
        slack(
            "a day that ends too early",
            zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CF6', 'name': 'cut'}]"),
                entry("cut/2026-05-04.json", day(6, "whole").replace("]", ",\n{'type': 'mess")),
                entry("cut/2026-05-05.json", day(86_406, "next day"))))
            .says("Daryna Further: whole", "Daryna Further: next day")
            .leavesOut("cut/2026-05-04.json | In cut/2026-05-04.json: The file is incomplete: it ends at line 2, column 15 (offset "),
        slack("a day in windows-1251 and people in Latin-1",
            zip(new Entry("users.json".getBytes(StandardCharsets.UTF_8),
                text(StandardCharsets.ISO_8859_1, "[{'id': 'UF9', 'name': 'Zoé'}]")),
                entry("channels.json", "[{'id': 'CF7', 'name': 'old'}]"),
                new Entry("old/2026-05-04.json".getBytes(StandardCharsets.UTF_8), text(Charset.forName("windows-1251"), day(7, "привіт"))),
                entry("old/2026-05-05.json", day(86_407, "readable").replace("UF1", "UF9"))))
            .says("UF9: readable")
            .leavesOut("users.json | In users.json: The file is not encoded in UTF-8: see line 1",
                "old/2026-05-04.json | In old/2026-05-04.json: The file is not encoded in UTF-8: see line 1"),
        slack("lists and days that are empty, null or no list",
            zip(entry("org_users.json", USERS), entry("users.json", "null"), entry("groups.json", ""), entry("dms.json", " \n"),
                entry("channels.json", "[{'id': 'CF8', 'name': 'few'}]"), entry("few/2026-05-04.json", "null"),
                entry("few/2026-05-05.json", "{'messages': []}"), entry("few/2026-05-06.json", day(172_808, "there"))))
            .says("Daryna Further: there").leavesOut("few/2026-05-05.json | In few/2026-05-05.json: An array was expected at line 1"),
        slack("what a notification says and the blocks do not",
            zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CF9', 'name': 'alerts'}]"), entry("alerts/2026-05-04.json",
                "[" + message(9,
                    "'bot_id': 'BF1', 'bot_profile': {'name': 'Pager'}, 'text': 'Incident 42', 'blocks': [{'type': 'header', 'text': {'type': 'plain_text', 'text': 'Database *down*'}}, {'type': 'section', 'text': 'call <@UF2>'}]")
                    + ","
                    + message(10,
                        "'user': 'UF1', 'text': '*Disk* full', 'blocks': [{'type': 'section', 'text': {'type': 'mrkdwn', 'text': 'Disk _full_'}}]")
                    + "]")))
            .says("Pager: Incident 42\\nDatabase *down*\\ncall @Marko Further", "Daryna Further: Disk full"),
        slack("lists in lists, a table and fields",
            zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CFA', 'name': 'lists'}]"), entry("lists/2026-05-04.json", "["
                + message(11,
                    "'user': 'UF1', 'text': '', 'blocks': [{'type': 'rich_text', 'elements': [{'type': 'rich_text_list', 'style': 'ordered', 'offset': 1, 'elements': ["
                        + item("two") + "," + item("three") + "]},"
                        + "{'type': 'rich_text_list', 'style': 'bullet', 'indent': 1, 'elements': [" + item("inner") + "]}]}]")
                + ","
                + message(12,
                    "'user': 'UF1', 'text': '', 'blocks': [{'type': 'table', 'rows': [[{'type': 'raw_text', 'text': 'a'}, {'type': 'raw_text', 'text': 'b'}], [{'type': 'raw_text', 'text': 'c'}]]}]")
                + ","
                + message(13,
                    "'user': 'UF1', 'text': null, 'attachments': [{'pretext': 'See', 'fields': [{'title': 'Owner', 'value': '<@UF2>'}, {'title': 'Tries', 'value': 3}, {'value': 'alone'}], 'fallback': 'x'}, {'fallback': '[no preview available]'}]")
                + "]")))
            .says("Daryna Further: 2. two\\n3. three\\n  • inner", "Daryna Further: a | b\\nc",
                "Daryna Further: See\\nOwner: @Marko Further\\nTries: 3\\nalone"),
        slack("people whom no list tells",
            zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CFB', 'name': 'guests'}]"), entry("guests/2026-05-04.json", "["
                + message(14, "'user': 'UF7', 'user_profile': {'real_name': 'Guest Further'}, 'text': 'hello'") + ","
                + message(15, "'user': 'USLACKBOT', 'text': 'Reminder'") + ","
                + message(16, "'subtype': 'bot_message', 'bot_id': 'BF2', 'username': 'deploys', 'text': 'done'") + ","
                + message(17, "'subtype': 'bot_message', 'bot_id': 'BF2', 'username': 'builds', 'text': 'red'") + ","
                + message(18, "'subtype': 'file_comment', 'user': 'UF1', 'comment': {'user': 'UF2'}, 'text': 'seen'") + "]")))
            .says("Guest Further: hello", "Slackbot: Reminder", "deploys: done", "builds: red", "Marko Further: seen"),
        slack("a day that is encrypted and one of an unknown method",
            changed(zip(entry("users.json", USERS), entry("channels.json", "[{'id': 'CFC', 'name': 'locked'}]"),
                entry("locked/2026-05-04.json", day(20, "secret")), entry("locked/2026-05-05.json", day(86_420, "packed")),
                entry("locked/2026-05-06.json", day(172_820, "there")))))
            .says("Daryna Further: there").leavesOut("locked/2026-05-04.json | locked/2026-05-04.json is encrypted in the ZIP file",
                "locked/2026-05-05.json | locked/2026-05-05.json is encrypted in the ZIP file"),
        slack("a table of another program", text("Date;Author;Message\n2026-05-04;Nina;hello\n"))
            .isRefused("This is a CSV table, not the ZIP file of a Slack export. In Slack, open"),
        slack("a download that ends too early",
            Arrays.copyOf(zip(entry("users.json", USERS), entry("a/2026-05-04.json", day(19, "cut"))), 300))
            .isRefused("The ZIP file is damaged or incomplete: "));
  }

  static List<ImportCase> lines() {
    return List.of(
        lines("a line among others that is no message", text(line(1, "one") + "{'chat': 'further-1'}\n" + "not json\n" + line(2, "two")))
            .says("Nina: one", "Nina: two")
            .leavesOut("2 | Line 2: \"id\" is missing.", "3 | Line 3 is not a single JSON object."),
        lines("UTF-16 with its mark, and empty lines", text(StandardCharsets.UTF_16LE, "\uFEFF\n" + line(3, "їжа 🍲") + "\r\n\r\n"))
            .says("Nina: їжа 🍲"),
        lines("a last line that is cut", text(line(4, "whole") + "{'chat': 'further-1', 'id': '5', 'author': 'Ni")).says("Nina: whole")
            .leavesOut("2 | Line 2 is not a single JSON object: the file is incomplete and ends in this line."),
        lines("an export of Telegram", text("{\n 'name': 'Team',\n 'messages': []\n}"))
            .isRefused("Line 1 begins a JSON document of several lines"),
        lines("a chat of WhatsApp from iOS", text("\u200e[04/05/2026, 10:15:00] Nina: hello\n"))
            .isRefused("This is a chat exported from WhatsApp, not a text file with one JSON object per line."),
        lines("a first line that only looks like a table", text("sent, text\n" + line(11, "kept"))).says("Nina: kept")
            .leavesOut("1 | Line 1 is not a single JSON object."),
        lines("Latin-1 in the third line", text(StandardCharsets.ISO_8859_1, line(6, "plain") + "\n" + line(7, "café")))
            .isRefused("The file is not encoded in UTF-8: see line 3 (offset "),
        lines("a line longer than a mebibyte", text(line(8, "before") + line(9, "x".repeat(1 << 20)) + line(10, "after")))
            .says("Nina: before", "Nina: after")
            .leavesOut("2 | Line 2 is longer than 1 MiB"));
  }

  private static ImportCase telegram(String name, byte[] file) {
    return new ImportCase(name, "telegram-export", file, List.of(), List.of(), null);
  }

  private static ImportCase slack(String name, byte[] file) {
    return new ImportCase(name, "slack-export", file, List.of(), List.of(), null);
  }

  private static ImportCase lines(String name, byte[] file) {
    return new ImportCase(name, "messages-jsonl", file, List.of(), List.of(), null);
  }

  private static byte[] text(String text) {
    return text(StandardCharsets.UTF_8, text);
  }

  private static byte[] text(Charset charset, String text) {
    return text.replace('\'', '"').getBytes(charset);
  }

  private static String chat(int number, String... messages) {
    return "{'name': 'Further " + number + "', 'type': 'private_supergroup', 'id': " + (3_400_000_000L + number) + ", 'messages': [\n"
        + String.join(",\n", messages) + "\n]}";
  }

  private static String said(int id, String members) {
    return "{'id': " + id + ", 'type': 'message', 'date_unixtime': '" + (1_761_000_000 + id)
        + "', 'from': 'Nina', 'from_id': 'user940000001', " + members + "}";
  }

  private static String service(int id, String members) {
    return "{'id': " + id + ", 'type': 'service', 'date_unixtime': '" + (1_761_000_000 + id)
        + "', 'actor': 'Nina', 'actor_id': 'user940000001', " + members + "}";
  }

  private static String line(int id, String text) {
    return "{'chat': 'further-1', 'id': '" + id + "', 'author': 'Nina', 'sent_at': '2026-05-04T10:00:00Z', 'text': '" + text + "'}\n";
  }

  private static String day(int second, String text) {
    return "[" + message(second, "'user': 'UF1', 'text': '" + text + "'") + "]";
  }

  private static String message(int second, String members) {
    return "{'type': 'message', 'ts': '" + (1_777_852_800L + second) + ".000100', " + members + "}";
  }

  private static String item(String text) {
    return "{'type': 'rich_text_section', 'elements': [{'type': 'text', 'text': '" + text + "'}]}";
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private record Entry(byte[] name, byte[] content) {}

  private static Entry entry(String name, String content) {
    return new Entry(name.getBytes(StandardCharsets.UTF_8), text(content));
  }

  private static Entry entry(String charset, String name, String content) {
    return new Entry(name.getBytes(Charset.forName(charset)), text(content));
  }

  /** Names are written byte by byte, as programs that know nothing of UTF-8 do. */
  private static byte[] zip(Entry... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.ISO_8859_1)) {
      for (Entry entry : entries) {
        ZipEntry stored = new ZipEntry(new String(entry.name(), StandardCharsets.ISO_8859_1));
        CRC32 sum = new CRC32();
        sum.update(entry.content());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.content().length);
        stored.setCrc(sum.getValue());
        zip.putNextEntry(stored);
        zip.write(entry.content());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Sets the flag of UTF-8 on every name in the directory. */
  private static byte[] markedAsUtf8(byte[] zip) {
    for (int i : places(zip, new byte[]{'P', 'K', 1, 2})) {
      zip[i + 9] |= 8;
    }
    return zip;
  }

  /** Marks the third entry as encrypted and the fourth as compressed with LZMA in the directory. */
  private static byte[] changed(byte[] zip) {
    List<Integer> entries = places(zip, new byte[]{'P', 'K', 1, 2});
    zip[entries.get(2) + 8] |= 1;
    zip[entries.get(3) + 10] = 14;
    return zip;
  }

  private static List<Integer> places(byte[] bytes, byte[] wanted) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        places.add(i);
      }
    }
    return places;
  }
}
