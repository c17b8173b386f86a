package tasktracker.source.telegram.text;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Growth;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.TextEntity;

class RichMessageTest {

  @Test
  void stylesAreMarkedWhereTheirWordsStand() {
    FormattedText text = read("{'blocks': [{'type': 'paragraph', 'text': 'first'}, {'type': 'list', 'items': [{'label': '1.', 'blocks': "
        + "[{'type': 'paragraph', 'text': [{'type': 'bold', 'text': ['a', {'type': 'italic', 'text': 'b'}]}, 'c']}]}]}, {'type': 'pre', 'language': 'sql', 'text': 'select 1'}]}");
    assertThat(text.text()).isEqualTo("first\n1. abc\nselect 1");
    assertThat(text.entities()).containsExactly(new TextEntity("italic", 10, 1, null), new TextEntity("bold", 9, 2, null),
        new TextEntity("pre", 13, 8, "sql"));
  }

  @Test
  void blocksWithoutWordsLeaveNoEmptyLines() {
    assertThat(read(
        "{'blocks': [{'type': 'divider'}, {'type': 'paragraph', 'text': ''}, {'type': 'list', 'items': [{'label': '•', 'blocks': []}]}, "
            + "{'type': 'paragraph', 'text': 'words'}, {'type': 'anchor', 'name': 'x'}, {'type': 'table', 'cells': [[{}, {}], []]}]}")
        .text()).isEqualTo("words");
  }

  @Test
  void itemsMayBeBareTextsAndButtonsStandInOneLine() {
    assertThat(read(
        "{'blocks': [{'type': 'list', 'items': ['one', ['t', 'wo']]}, {'type': 'buttons', 'buttons': [{'text': 'Yes'}, {'text': 'No'}]}]}")
        .text())
        .isEqualTo("- one\n- two\nYes | No");
  }

  @Test
  void aCaptionStandsBehindItsPictureAndBelowItsTable() {
    assertThat(read(
        "{'blocks': [{'type': 'photo', 'caption': {'text': 'the screen', 'credit': 'Ira'}}, {'type': 'video'}, {'type': 'paragraph', 'text': 'then'}, "
            + "{'type': 'table', 'cells': [[{'text': 'A1'}, {'text': 'B1'}]], 'caption': 'Prices'}]}")
        .text())
        .isEqualTo("[Photo] the screen\n— Ira\n[Video]\nthen\nA1 | B1\nPrices");
  }

  @Test
  void theWorkIsLinearInTheMessage() {
    String item = "{'label': '1.', 'blocks': [{'type': 'paragraph', 'text': ['a', {'type': 'bold', 'text': 'b'}]}]}";
    Growth.assertLinear(500, size -> json("{'blocks': [{'type': 'list', 'items': [" + repeated(item, size) + "]}]}"), RichMessage::of);
    Growth.assertLinear(500, size -> json("{'blocks': [{'type': 'table', 'cells': [[" + repeated("{'text': 'a'}", size) + "]]}]}"),
        RichMessage::of);
  }

  @Test
  void noMoreIsReadThanAMessageMayHold() {
    String deep = "{'blocks': [".repeat(40) + "{'type': 'paragraph', 'text': '" + "x".repeat(200_000) + "'}" + "]}".repeat(40);
    assertThat(read(deep).text()).hasSizeGreaterThan(IncomingMessage.MAX_TEXT_LENGTH).hasSizeLessThan(IncomingMessage.MAX_TEXT_LENGTH + 3);
  }

  private static String repeated(String part, int times) {
    return IntStream.range(0, times).mapToObj(i -> part).collect(Collectors.joining(","));
  }

  private static FormattedText read(String json) {
    return RichMessage.of(json(json));
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }
}
