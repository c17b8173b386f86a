package tasktracker.source.telegram.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.source.telegram.FakeBot;
import tasktracker.source.telegram.GroupIdParser;
import tasktracker.source.telegram.InvalidInput;
import tasktracker.source.telegram.PublicUrl;
import tasktracker.source.telegram.SuggestedFix;
import tasktracker.source.telegram.bot.BotCommand;

/** What people type to name an address or a group. */
class TelegramInputTest {

  @ParameterizedTest
  @CsvSource({"https://Tracker.example.com/, https://tracker.example.com", "tracker.example.com, https://tracker.example.com",
      "https://tracker.example.com:8443, https://tracker.example.com:8443", "https://tracker.example.com:443, https://tracker.example.com",
      "https://tracker.example.com/webhook/telegram, https://tracker.example.com"})
  void anAddressIsKeptInOneSpelling(String typed, String kept) {
    assertThat(PublicUrl.of(typed)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"'', url.empty", "http://tracker.example.com, url.http", "https://tracker.example.com:9443, url.port",
      "https://localhost, url.private", "https://192.168.1.5, url.private", "https://tracker, url.private",
      "https://a:b@tracker.example.com, url.form", "https://tracker.example.com/other, url.path", "ftp://tracker.example.com, url.form",
      "https://tracker.example.com?x=1, url.form", "https://exa mple.com, url.form"})
  void anAddressThatTelegramCannotUseIsRefusedWithTheReason(String typed, String reason) {
    assertThat(catchThrowableOfType(InvalidInput.class, () -> PublicUrl.of(typed)).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"https://t.me/team_ua, @team_ua", "t.me/team_ua/15, @team_ua", "@team_ua, @team_ua", "https://t.me/s/team_ua, @team_ua",
      "https://t.me/c/1234567890/7, -1001234567890", "-1001234567890, -1001234567890", "1001234567890, -1001234567890",
      "'-100 1234 567 890', -1001234567890", "−1001234567890, -1001234567890",
      "https://web.telegram.org/a/#-1001234567890, -1001234567890"})
  void aGroupIsFoundHoweverItIsNamed(String typed, String id) {
    assertThat(GroupIdParser.candidates(typed)).containsExactly(id);
  }

  @Test
  void plainDigitsMayBeASupergroupOrAGroupOfOld() {
    assertThat(GroupIdParser.candidates("1234567890")).isEqualTo(List.of("-1001234567890", "-1234567890"));
    assertThat(GroupIdParser.candidates("-4567890123")).first().isEqualTo("-4567890123");
  }

  @ParameterizedTest
  @CsvSource({"'', group.empty", "https://t.me/+AbCdEf, group.invitation", "https://t.me/joinchat/AbC, group.invitation",
      "our team, group.form", "12, group.form", "https://example.com/team, group.form"})
  void whatNamesNoGroupIsExplained(String typed, String reason) {
    assertThat(catchThrowableOfType(InvalidInput.class, () -> GroupIdParser.candidates(typed)).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"'SSL error {error:0A000086:SSL routines::certificate verify failed}', certificate", "Connection refused, refused",
      "Connection timed out, timeout", "Wrong response from the webhook: 401 Unauthorized, secret",
      "Wrong response from the webhook: 502 Bad Gateway, down", "Wrong response from the webhook: 404 Not Found, path",
      "'Bad Request: bad webhook: IP address 10.0.0.1 is reserved', ip", "Something new, other"})
  void telegramErrorsHaveASuggestedFix(String error, String remedy) {
    assertThat(SuggestedFix.of(error)).isEqualTo(remedy);
  }

  @Test
  void aCommandInAGroupIsForTheBotItNames() {
    assertThat(command("/status", "supergroup").isFor("our_bot")).isFalse();
    assertThat(command("/status@Our_Bot now", "supergroup").isFor("our_bot")).isTrue();
    assertThat(command("/status@other_bot", "supergroup").isFor("our_bot")).isFalse();
    assertThat(command("/status", "private").isFor("our_bot")).isTrue();
    assertThat(command("see /status", "private")).isNull();
  }

  private static BotCommand command(String text, String type) {
    return BotCommand.parse(FakeBot.json("""
        {"update_id": 1, "message": {"message_id": 5, "date": 1700000000, "text": "%s", "chat": {"id": 7, "type": "%s"}}}"""
        .formatted(text, type)));
  }
}
