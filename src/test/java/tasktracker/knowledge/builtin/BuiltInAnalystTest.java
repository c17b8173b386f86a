package tasktracker.knowledge.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static tasktracker.knowledge.builtin.ChatBuilder.atomOf;
import static tasktracker.knowledge.builtin.ChatBuilder.id;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.LinkType;
import tasktracker.knowledge.analyst.Quote;

/** What the built-in analyst finds in small chats of three languages. */
class BuiltInAnalystTest {

  private static ChatBuilder bakery() {
    return new ChatBuilder().says("Nadia", "Good morning!")
        .says("Omar", "The oven timer fails since the power cut, two trays of bread burned today.")
        .says("Lena", "I propose to bake the rye bread at night, the oven is free then.")
        .replies("Omar", 3, "+1")
        .replies("Nadia", 3, "agreed")
        .replies("Omar", 2, "The timer is fixed, the battery of the clock was empty.")
        .says("Lena", "How many loaves does the market want on Saturday?");
  }

  @Test
  void aProposalWithVotesIsADecisionThatQuotesThem() {
    AtomCandidate atom = atomOf(bakery().analyze(), 3);
    assertThat(atom.type()).isEqualTo(AtomType.DECISION);
    assertThat(atom.quotes()).extracting(Quote::messageId).containsExactly(id(3), id(4), id(5));
    assertThat(atom.reason().code()).isEqualTo("agreed");
  }

  @Test
  void aProposalWithoutVotesStaysAnIdea() {
    Analysis analysis = new ChatBuilder().says("Lena", "I propose to bake the rye bread at night, the oven is free then.")
        .says("Omar", "The flour arrives on Monday from the new mill.").analyze();
    assertThat(atomOf(analysis, 1).type()).isEqualTo(AtomType.IDEA);
  }

  @Test
  void aProposalWithAnObjectionStaysAnIdea() {
    Analysis analysis = new ChatBuilder().says("Lena", "I propose to bake the rye bread at night, the oven is free then.")
        .replies("Omar", 1, "+1").replies("Nadia", 1, "I'm against it, nobody wants to work at night").analyze();
    assertThat(atomOf(analysis, 1).type()).isEqualTo(AtomType.IDEA);
  }

  @Test
  void theFixIsLinkedToItsProblem() {
    Analysis analysis = bakery().analyze();
    AtomCandidate problem = atomOf(analysis, 2);
    AtomCandidate solution = atomOf(analysis, 6);
    assertThat(problem.type()).isEqualTo(AtomType.PROBLEM);
    assertThat(solution.type()).isEqualTo(AtomType.SOLUTION);
    assertThat(analysis.links()).anySatisfy(link -> {
      assertThat(link.type()).isEqualTo(LinkType.SOLVES);
      assertThat(link.from()).isEqualTo(solution.key());
      assertThat(link.to()).isEqualTo(problem.key());
    });
  }

  @Test
  void ukrainianAtomsAreFound() {
    Analysis analysis = new ChatBuilder().says("Оксана", "Піч не працює з ранку, тісто на хліб чекає вже годину.")
        .says("Петро", "Рішення: печемо житній хліб уночі, доки піч не замінять.")
        .says("Оксана", "Скільки буханок замовив ринок на суботу?")
        .says("Петро", "Ідея: продавати вчорашній хліб за пів ціни після шостої.")
        .says("Оксана", "Виявилося, що запобіжник згорів через стару проводку.").analyze();
    assertThat(List.of(1, 2, 3, 4, 5).stream().map(n -> atomOf(analysis, n).type())).containsExactly(AtomType.PROBLEM, AtomType.DECISION,
        AtomType.QUESTION, AtomType.IDEA, AtomType.INSIGHT);
  }

  @Test
  void russianAtomsAreFound() {
    Analysis analysis = new ChatBuilder().says("Глеб", "Печь не работает с утра, тесто для хлеба ждёт уже час.")
        .says("Рита", "Решили: печём ржаной хлеб ночью, пока печь не заменят.")
        .says("Глеб", "Сколько буханок заказал рынок на субботу?")
        .says("Рита", "Есть риск, что мука закончится раньше праздников.")
        .says("Глеб", "Поставщик блокирует отгрузку без подписанного договора.").analyze();
    assertThat(List.of(1, 2, 3, 4, 5).stream().map(n -> atomOf(analysis, n).type())).containsExactly(AtomType.PROBLEM, AtomType.DECISION,
        AtomType.QUESTION, AtomType.RISK, AtomType.BLOCKER);
  }

  @Test
  void quotesAreVerbatimAndContentIsTheFirstQuote() {
    ChatBuilder chat = bakery();
    for (AtomCandidate atom : chat.analyze().atoms()) {
      Quote first = atom.quotes().getFirst();
      assertThat(chat.message(first.messageId()).text().substring(first.start(), first.end())).isEqualTo(atom.content());
      atom.quotes().forEach(quote -> assertThat(chat.message(quote.messageId()).text().substring(quote.start(), quote.end())).isNotBlank());
    }
  }

  @Test
  void nothingRestsOnMessagesThatAreNoCandidates() {
    Analysis analysis = new ChatBuilder().posts("Deploy bot", "Decision: the release 2.1 failed because of an error in the build.")
        .analyze();
    assertThat(analysis.atoms()).isEmpty();
  }

  @Test
  void theSameInputGivesTheSameResult() {
    assertThat(bakery().analyze()).isEqualTo(bakery().analyze());
  }

  @Test
  void noMoreAtomsThanAskedFor() {
    assertThat(bakery().analyze(2).atoms()).hasSize(2);
  }

  @Test
  void nothingIsFoundInAnEmptyChat() {
    assertThat(new ChatBuilder().analyze()).isEqualTo(Analysis.EMPTY);
  }

  @Test
  void whatWasRejectedIsNotProposedAgain() {
    ChatBuilder chat = bakery().decided(AtomType.PROBLEM, "The oven timer fails since the power cut, two trays of bread burned today.",
        false);
    assertThat(chat.analyze().atoms()).noneMatch(atom -> atom.quotes().getFirst().messageId().equals(id(2)));
  }

  @Test
  void forumTopicsBecomeTopicsAndKnownNamesAreKept() {
    Analysis analysis = new ChatBuilder().known("Machines", "Ovens").in("Ovens")
        .says("Omar", "The oven timer fails since the power cut, two trays of bread burned today.")
        .says("Omar", "The timer is fixed, the battery of the clock was empty.").in("Orders")
        .says("Lena", "How many loaves does the market want on Saturday?").says("Omar", "The market wants eighty loaves of rye bread.")
        .analyze();
    assertThat(analysis.topics()).extracting(topic -> topic.name()).containsExactly("Machines", "Orders");
    assertThat(analysis.topics().getFirst().existing()).isNotNull();
    assertThat(analysis.topics().getFirst().reason().code()).isEqualTo("former_name");
    assertThat(atomOf(analysis, 1).topic()).isEqualTo(analysis.topics().getFirst().key());
  }

  @ParameterizedTest
  @ValueSource(strings = {")", "a.", "? ", "ha", "@a ", "Decision: ", "no ", "https://a.example/ ", "😀", "«", "\n- x", "1) ", "Topic: "})
  void aHostileMessageIsReadInLinearTime(String part) {
    ChatBuilder chat = new ChatBuilder().says("Omar", "Risk: " + part.repeat(19_000 / part.length()) + " the oven may break x");
    assertTimeout(Duration.ofSeconds(5), () -> chat.analyze());
    chat.analyze().atoms().forEach(atom -> assertThat(atom.content().length()).isLessThanOrEqualTo(1000));
  }
}
