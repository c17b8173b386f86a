package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.scoring.policy.ImportanceFactors;
import tasktracker.scoring.policy.ScoringPolicy;

class ExplicitMarkersTest {

  private final ExplicitMarkers markers = new ExplicitMarkers();

  @ParameterizedTest
  @ValueSource(strings = {"ACTION: Manu to ping Richard", "Action item: update the docs by Friday", "TODO rotate the keys",
      "todo: rotate the keys", "TODO(olena): rotate the keys", "ACTION Olena Koval: send the report", "Action item for Olena: send it",
      "**ACTION**: Manu to ping Richard", "- [ ] TODO: rotate the keys", "1. ACTION: rotate the keys", "✅ Task: rotate the keys",
      "The meeting was short.\nACTION: Manu to ping Richard", "Good. TODO: rotate the keys", "I took an action item to write the minutes",
      "Завдання: підготувати кошторис", "Завдання для Олени: підготувати кошторис", "Зробити: оновити ключі", "Задача: обновить ключи",
      "Сделать: обновить ключи", "#TODO rotate the keys", "ACTION: can Manu ping Richard?", "action: Orie will move the repository",
      "TODO - rotate the keys"})
  void aMarkerOfATaskIsFound(String text) {
    assertThat(markers.find(text)).map(ExplicitMarkers.Marker::aspect).contains(Aspect.ASK_OR_PROMISE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESOLVED: adopt the new charter", "RESOLUTION: adopt the new charter", "DECISION: we ship on Friday",
      "Decision - we ship on Friday", "AGREED: we ship on Friday", "Agreed: we ship on Friday", "AGREED to ship on Friday",
      "Рішення: беремо другий варіант", "Домовились: реліз у п'ятницю", "Домовились зустрітись у вівторок",
      "Отже, домовилися про щотижневі релізи", "Вирішили, що переходимо на нову версію", "Ми вирішили перейти на нову версію",
      "Решили: выпускаем в пятницу", "Решили перенести запуск на осень", "Решение: берём второй вариант",
      "Итак, договорились о встрече в среду",
      "Дякую всім! Рішення: беремо другий варіант.", "AGREED: merge. Any objections?"})
  void aMarkerOfADecisionIsFound(String text) {
    assertThat(markers.find(text)).map(ExplicitMarkers.Marker::aspect).contains(Aspect.DECISION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TODO app", "TODO app does not start", "TODO list needs a filter", "Where is the TODO app?", "TODO?", "TODO:",
      "TODO: none", "ACTION: nothing", "Action items: none", "no action items today", "What are the action items?",
      "there weren't any action items for us", "RESOLVED: adopt the charter?", "Decision: TBD", "Рішення: немає", "Рішення?",
      "Ще не домовились про дату", "Домовились?", "Домовились", "домовились про дату?", "не решили перенести запуск",
      "Решили проблему с ключами",
      "Вирішили проблему з доступом", "Решили перенести запуск?", "Agreed, that makes sense", "agreed", "I agreed to that last year",
      "> ACTION: Manu to ping Richard", "```\nTODO: rotate\n```", "`ACTION: x` is the syntax of the bot", "```\n# TODO rotate the keys",
      "// TODO: rotate the keys", "He wrote \"Great. ACTION: do it now\" in capitals", "Він писав «Так. Рішення: беремо другий»",
      "The resolution: 1920 by 1080", "live action movie: was nice", "Task manager: shows 100 %", "action: opened",
      "This decision: was it right",
      "Actionable: yes", "We closed all action items in May, good work", "Обговорили рішення: кілька варіантів", "Agreed: ?",
      "Задача решена"})
  void aNegatedAskedOrQuotedMarkerIsNone(String text) {
    assertThat(markers.find(text)).isEmpty();
  }

  @Test
  void aMarkerDecidesWithAReason() {
    Prediction marked = MessageClassifier.shared().predict("ACTION: Manu to ping Richard", new float[384], FollowUpSignals.NONE);
    assertThat(marked.isExplicit()).isTrue();
    assertThat(marked.reasons().getFirst()).isEqualTo(Reason.of("marker_ask_or_promise", 9, "ACTION"));
    ImportanceFactors factors = new ImportanceFactors(marked.content(), 0.2, 0.3, 0.4);
    assertThat(ScoringPolicy.DEFAULT.classify(factors)).isEqualTo(ScoringPolicy.MessageClass.SIGNAL);
  }
}
