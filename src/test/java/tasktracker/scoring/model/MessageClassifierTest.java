package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageClassifierTest {

  private static final EmbeddingModel MODEL = new AllMiniLmL6V2QuantizedEmbeddingModel();
  private static final MessageClassifier CLASSIFIER = new MessageClassifier();

  private static Prediction predict(String text) {
    return CLASSIFIER.predict(text, text.isBlank() ? new float[384] : MODEL.embed(text).content().vector(), FollowUpSignals.NONE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "PROBLEM | The checkout page returns a 502 since the deploy and the log is full of timeouts",
      "PROBLEM | Після вчорашнього оновлення мобільний застосунок падає при вході",
      "PROBLEM | После обновления отчёты не открываются, пишет ошибку доступа",
      "ASK_OR_PROMISE | Kevin, could you please send the figures to the auditors by Thursday?",
      "ASK_OR_PROMISE | Завтра підготую кошторис і надішлю тобі",
      "ASK_OR_PROMISE | Проверь, пожалуйста, договор и напиши мне до вечера",
      "DECISION | Agreed: we adopt the new retention policy and publish it next week",
      "DECISION | Домовилися, беремо щотижневі релізи замість місячних",
      "DECISION | Решили перенести запуск на осень, все согласны",
      "WISH | It would be great to have an option to mute a single thread",
      "WISH | Було б добре додати темну тему в мобільний застосунок",
      "WISH | Хотелось бы иметь возможность выгружать отчёт в таблицу",
      "QUESTION | Does anybody know which port the staging database listens on?",
      "QUESTION | Підкажіть, де лежать логи тестового сервера?",
      "QUESTION | Кто-нибудь знает, как сбросить пароль администратора?",
      "EXPLANATION_OR_FIX | It works now, the cause was an expired certificate, so I renewed it",
      "EXPLANATION_OR_FIX | Виправив, причина була в старому драйвері",
      "EXPLANATION_OR_FIX | Починил, дело в том, что кэш не сбрасывался"})
  void theStrongestAspectIsTheExpectedOne(Aspect meant, String text) {
    Map<Aspect, Double> aspects = predict(text).aspects();
    assertThat(aspects.entrySet().stream().max(Comparator.comparingDouble(Map.Entry::getValue)).orElseThrow().getKey())
        .as("%s in %s", aspects, text).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "👍", "Good morning!", "дякую", "привет", "present+", "[Photo]"})
  void lowContentMessagesScoreAtMostFivePercent(String text) {
    Prediction prediction = predict(text);
    assertThat(prediction.content()).isLessThanOrEqualTo(0.05);
    assertThat(prediction.reasons()).singleElement().satisfies(r -> assertThat(r.code()).startsWith("floor_"));
  }

  @Test
  void aProblemScoresHigherThanSmallTalkInEachLanguage() {
    assertThat(predict("The nightly import fails with a duplicate key error").content())
        .isGreaterThan(predict("I had soup for lunch, it was nice").content() + 0.2);
    assertThat(predict("Нічний імпорт падає з помилкою ключа").content())
        .isGreaterThan(predict("На обід був суп, смачний").content() + 0.2);
    assertThat(predict("Ночной импорт падает с ошибкой ключа").content())
        .isGreaterThan(predict("На обед был суп, вкусный").content() + 0.2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"305", "4521", "0501112233", "PR 452", "452 ✅", "€250", "ТТН 20450012345678", "100%", "777",
      "The login page is broken on iOS 17 😭😭😭", "using a logitech G19 keyboard… drivers no longer available…", "→ ✓ ∞ ≠",
      "下周的发布计划已经写好了", "本番のデータベースに接続できません", "테스트 서버 주소가 바뀌었나요", "Die Überweisung über 250 € ist da 👍",
      "java.io.IOException: Broken pipe\n\tat sun.nio.ch.Net.write(Net.java:51)\n\tat com.acme.Out.flush(Out.java:90)",
      "Why does https://bugs.example.com/show?id=77 hang? `curl -v` says 301", "W: GPG error: http://deb.example.net stable InRelease",
      "https://t.me/ourteam/4411", "🔥🔥🔥🔥", "ПРОД СНОВА ЛЕЖИТ!!!", "за хостинг ушло 500$", "Збираємо по 300 грн на піцу 🍕🍕"})
  void ordinaryMessagesThatLookLikeSpamAreNot(String text) {
    assertThat(predict(text).spam()).as(text).isLessThan(MessageClassifier.SPAM_THRESHOLD);
  }

  @Test
  void spamIsDetectedAndAnInvoiceIsNotSpam() {
    assertThat(predict("Удалённый заработок от 200$ в день без вложений, пиши + в личку").spam())
        .isGreaterThan(MessageClassifier.SPAM_THRESHOLD);
    assertThat(predict("Earn $500 daily with crypto, guaranteed profit, join my channel now!").spam())
        .isGreaterThan(MessageClassifier.SPAM_THRESHOLD);
    assertThat(predict("The invoice over $500 was paid yesterday, please book it").spam()).isLessThan(MessageClassifier.SPAM_THRESHOLD);
  }

  @Test
  void aPredictionHasReasonsOrderedByWeight() {
    Prediction prediction = predict("Не можу увійти, сайт видає помилку 500");
    assertThat(prediction.reasons()).extracting(Reason::code).contains("cue_problem", "near_problem");
    assertThat(prediction.reasons()).isSortedAccordingTo(Comparator.comparingDouble((Reason r) -> -Math.abs(r.weight())));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "true | The page hangs and the memory grows until the process gets killed",
      "true | Нажимаю кнопку оплаты и ничего не происходит, ничего не работает",
      "false | The engineer was bitten by a designer",
      "false | Инженера укусил дизайнер",
      "false | Столько уважения к человеку у меня редко бывает",
      "false | Навіть не знаю, що тут сказати, гарна була подорож"})
  void aSimilarSentenceIsGivenOnlyIfItIsSimilar(boolean isSimilar, String text) {
    assertThat(predict(text).reasons().stream().anyMatch(reason -> reason.code().startsWith("near_"))).as(text).isEqualTo(isSimilar);
  }

  @Test
  void votesRaiseTheDecisionAspectOfAProposal() {
    String text = "Proposal: we merge the two documents and close the old one";
    float[] vector = MODEL.embed(text).content().vector();
    double before = CLASSIFIER.predict(text, vector, FollowUpSignals.NONE).aspects().get(Aspect.DECISION);
    Prediction after = CLASSIFIER.predict(text, vector, new FollowUpSignals(5, 0, 0));
    assertThat(after.aspects().get(Aspect.DECISION)).isGreaterThan(before);
    assertThat(after.reasons()).extracting(Reason::code).contains("after_votes");
  }
}
