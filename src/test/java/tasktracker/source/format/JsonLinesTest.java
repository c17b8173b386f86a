package tasktracker.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.message.IncomingMessage;

class JsonLinesTest {

  private static final String OLENA = "{\"chat\": \"general\", \"id\": 7, \"author\": \"Olena\", \"sent_at\": \"2026-05-04T10:00:00+03:00\", \"text\": \"добрий день\"}";

  @Test
  void aLineIsAMessageAndEmptyLinesAreNothing() {
    try (Transcript transcript = open("\uFEFF" + OLENA + "\r\n\n" + OLENA.replace("7", "\"8\"") + "\n")) {
      IncomingMessage first = ((TranscriptEntry.Parsed) transcript.next()).message();
      assertThat(first).extracting("externalId", "text", "sentAt").containsExactly("7", "добрий день",
          Instant.parse("2026-05-04T07:00:00Z"));
      assertThat(first.author().externalId()).isEqualTo("name:Olena");
      assertThat(((TranscriptEntry.Parsed) transcript.next()).message().externalId()).isEqualTo("8");
      assertThat(transcript.next()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{\"type\": \"bold\", \"text\": \"one\"} | one",
      "[\"one \", {\"type\": \"bold\", \"text\": \"two\"}, 3] | one two3",
      "[[{\"text\": [\"one\"]}], null, {}] | one", "7 | 7"})
  void aTextInPartsIsJoined(String text, String joined) {
    try (Transcript transcript = open(OLENA.replace("\"добрий день\"", text))) {
      assertThat(((TranscriptEntry.Parsed) transcript.next()).message().text()).isEqualTo(joined);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "[{\"type\": \"bold\"}]", "null", "true"})
  void aTextWithoutCharactersInItsPartsIsMissing(String text) {
    try (Transcript transcript = open(OLENA.replace("\"добрий день\"", text))) {
      assertThat(transcript.next()).isInstanceOfSatisfying(TranscriptEntry.Unreadable.class,
          part -> assertThat(part.why()).hasMessageContaining("\"text\" is missing"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2026-05-04 10:00:00+0300\"", "\"2026-05-04T10:00+03\"", "\"2026/05/04 07:00:00 UTC\"", "1777878000",
      "\"1777878000.0\"", "1777878000000",
      "\"1777878000000\"", "\"Mon, 4 May 2026 10:00:00 +0300\""})
  void aTimeIsReadInEveryFormThatIsClear(String sentAt) {
    assertThat(only(OLENA.replace("\"2026-05-04T10:00:00+03:00\"", sentAt)).sentAt()).isEqualTo("2026-05-04T07:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2026-05-04T10:00:00\"", "20260504", "\"04/05/2026 10:00\"", "\"2026-13-04 10:00:00Z\"", "1e99", "-1777878000",
      "{}", "\"\""})
  void aTimeThatIsUnclearIsNone(String sentAt) {
    try (Transcript transcript = open(OLENA.replace("\"2026-05-04T10:00:00+03:00\"", sentAt))) {
      assertThat(transcript.next()).isInstanceOfSatisfying(TranscriptEntry.Unreadable.class,
          part -> assertThat(part.why()).hasMessageContaining("\"sent_at\" is "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"edited_at\": \"yesterday\"", "\"chat_kind\": \"club\"", "\"edited_at\": [1], \"chat_kind\": {}",
      "\"reply_to\": null, \"thread_id\": {}"})
  void anOptionalMemberThatCannotBeReadCountsAsMissing(String members) {
    assertThat(only(OLENA.replace("\"id\"", members + ", \"id\""))).isEqualTo(only(OLENA));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"null | Unknown", "\" \" | Unknown", "{\"name\": \"Olena K\"} | Olena K",
      "[\"Olena\", \" K\"] | Olena K",
      "null, \"author_email\": \"o@example.org\" | o@example.org"})
  void aMessageWithoutAnAuthorIsOfAnUnknownPerson(String author, String name) {
    assertThat(only(OLENA.replace("\"Olena\"", author)).author()).extracting("firstName", "externalId").containsExactly(name,
        "name:" + name);
  }

  @Test
  void aLineThatIsAlmostJsonIsRepaired() {
    String odd = OLENA.replace("добрий день", "добрий\u0000\u0001\tдень").replace("\"id\"",
        "\"score\": NaN, \"scores\": [1, -Infinity, NaN ], \"id\"");
    assertThat(only(odd).text()).isEqualTo("добрий\uFFFD\u0001\tдень");
  }

  @Test
  void nulBytesAtTheEndAreIgnored() {
    try (Transcript transcript = open(OLENA + "\n" + "\0".repeat(20_000))) {
      assertThat(transcript.next()).isInstanceOf(TranscriptEntry.Parsed.class);
      assertThat(transcript.next()).isNull();
    }
  }

  private static IncomingMessage only(String line) {
    try (Transcript transcript = open(line)) {
      return ((TranscriptEntry.Parsed) transcript.next()).message();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{\"chat\": \"g\"} | Line 2: \"id\" is missing", "[] | Line 2 is not a single JSON object",
      "{\"chat\": | Line 2 is not a single JSON object",
      "{\"chat\": \"g\"} {\"chat\": \"g\"} | Line 2 is not a single JSON object",
      "{\"chat\": \"g\"} text | Line 2 is not a single JSON object",
      "{\"chat\": \"g\"}] | Line 2 is not a single JSON object",
      "{\"chat\": \"g\", \"id\": 1, \"author\": \"O\", \"sent_at\": \"soon\"} | Line 2: \"sent_at\" is not a time"})
  void aWrongLineIsToldAndTheOthersAreRead(String line, String complaint) {
    try (Transcript transcript = open(OLENA + "\n" + line + "\n" + OLENA)) {
      transcript.next();
      assertThat(transcript.next()).isInstanceOfSatisfying(TranscriptEntry.Unreadable.class,
          part -> assertThat(part.why()).hasMessageContaining(complaint));
      assertThat(transcript.next()).isInstanceOf(TranscriptEntry.Parsed.class);
    }
  }

  private static Transcript open(String text) {
    return new JsonLinesFormat().open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
