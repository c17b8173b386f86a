package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LowContentRulesTest {

  private final LowContentRules rules = new LowContentRules();

  @ParameterizedTest
  @ValueSource(strings = {"ok", "OK!", "Thanks a lot", "+1", "sounds good", "lol", "hahahaha", "yep, got it", "no problem :)",
      "дякую", "Дякую, супер!", "ок, зрозуміла", "плюсую", "ахахаха", "спасибо большое", "понял, принято", "ага"})
  void acknowledgementsHaveLowContent(String text) {
    assertThat(rules.find(text)).contains(LowContentRules.Rule.ACKNOWLEDGEMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hi everyone", "Good morning team!", "hello", "Привіт усім!", "Добрий день, колеги", "добрый вечер",
      "Здравствуйте"})
  void greetingsHaveLowContent(String text) {
    assertThat(rules.find(text)).contains(LowContentRules.Rule.GREETING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"👍", "😂😂😂", "❤️🔥", "...", "???", ":)", "👍🏽 🎉"})
  void punctuationAndEmojiHaveLowContent(String text) {
    assertThat(rules.find(text)).contains(LowContentRules.Rule.EMOJI);
  }

  @ParameterizedTest
  @ValueSource(strings = {"present+", "present+ Olena", "q+ to ask about keys", "q?", "ack kevin", "RRSAgent, draft minutes",
      "Zakim, who is here?", "Olena has joined the room"})
  void outputOfMeetingToolsHasLowContent(String text) {
    assertThat(rules.find(text)).contains(LowContentRules.Rule.CHATTER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token expired", "the webhook is broken", "look at this cookie", "notebook invoke lookup", "how do I log in?",
      "ok, the build is red again", "Дякую, але оплата не проходить", "привет, сервер упал", "show me the invoice", "book a room",
      "ні, сервіс лежить", "no, it crashed"})
  void everyWholeWordMustMatchALowContentRule(String text) {
    assertThat(rules.find(text)).isEmpty();
  }

  @Test
  void emptyMessagesAndMediaPlaceholdersHaveLowContent() {
    assertThat(rules.find("  \n ")).contains(LowContentRules.Rule.EMPTY);
    assertThat(rules.find("[Photo]")).contains(LowContentRules.Rule.PLACEHOLDER);
    assertThat(LowContentRules.Rule.values()).allMatch(rule -> rule.content() <= 0.05);
  }
}
