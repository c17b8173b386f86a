package tasktracker.knowledge.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.KnownTopic;
import tasktracker.knowledge.analyst.LinkCandidate;
import tasktracker.knowledge.analyst.LinkType;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.analyst.TopicCandidate;
import tasktracker.knowledge.extraction.AnalysisValidator.Refusal;
import tasktracker.knowledge.extraction.AnalysisValidator.Result;

/** What an analyst may not claim, whoever it is. */
class AnalysisValidatorTest {

  private static final AnalystReason REASON = AnalystReason.of("rank");
  private static final UUID KNOWN = new UUID(9, 9);
  private final List<AnalystMessage> messages = new ArrayList<>();
  private int maxAtoms = 30;

  private UUID says(String author, String text) {
    UUID id = new UUID(1, messages.size() + 1);
    messages.add(new AnalystMessage(id, null, null, UUID.nameUUIDFromBytes(author.getBytes()), author, null,
        Instant.parse("2026-11-02T09:15:00Z"), text, null, "signal", Map.of(), 0, true));
    return id;
  }

  private Quote quote(UUID id) {
    return new Quote(id, 0, messages.stream().filter(message -> message.id().equals(id)).findFirst().orElseThrow().text().length());
  }

  private static AtomCandidate atom(String key, AtomType type, String title, String content, Quote... quotes) {
    return new AtomCandidate(key, type, null, title, content, .7, List.of(quotes), REASON);
  }

  private Result validate(Analysis analysis) {
    return AnalysisValidator.validate(new AnalystInput(messages, List.of(new KnownTopic(KNOWN, "Sync", List.of(), "", null)), List.of(),
        maxAtoms), analysis);
  }

  private Result validate(AtomCandidate... atoms) {
    return validate(new Analysis(List.of(), List.of(atoms), List.of()));
  }

  /** The reason for which the only atom was refused; {@code accepted} when it was not. */
  private String verdict(AtomCandidate atom) {
    Result result = validate(atom);
    assertThat(result.accepted().atoms().size() + result.refused().size()).isEqualTo(1);
    return result.refused().isEmpty() ? "accepted" : result.refused().getFirst().reason();
  }

  private String verdict(AtomType type, String said, String title, String content) {
    return verdict(atom("a", type, title, content, quote(says("Olena Marchuk", said))));
  }

  private String verdict(String said, String content) {
    return verdict(AtomType.INSIGHT, said, "It was said", content);
  }

  @Test
  void anAtomThatRestsOnItsQuoteIsAccepted() {
    assertThat(verdict(AtomType.PROBLEM, "The export job times out for 14 customers", "The export job times out",
        "The export job times out for 14 customers.")).isEqualTo("accepted");
  }

  @Test
  void anAtomNeedsAQuote() {
    assertThat(verdict(atom("a", AtomType.IDEA, "It was said", "It was said"))).isEqualTo("no_quote");
    UUID id = says("Olena", "It was said");
    assertThat(verdict(atom("a", AtomType.IDEA, "It was said", "It was said",
        IntStream.range(0, 21).mapToObj(i -> quote(id)).toArray(Quote[]::new)))).isEqualTo("no_quote");
  }

  @ParameterizedTest
  @CsvSource({"-1,3", "3,3", "5,3", "0,12", "12,15", "2147483647,-1", "-2147483648,2147483647"})
  void aQuoteOutsideOfItsMessageIsRefused(int start, int end) {
    UUID id = says("Olena", "eleven char");
    assertThat(verdict(atom("a", AtomType.IDEA, "It was said", "It was said", new Quote(id, start, end)))).isEqualTo("made_up_quote");
  }

  @Test
  void aBlankQuoteIsRefused() {
    UUID id = says("Olena", "well   \n\t  then");
    assertThat(verdict(atom("a", AtomType.IDEA, "It was said", "It was said", new Quote(id, 4, 11)))).isEqualTo("made_up_quote");
  }

  @Test
  void aQuoteOfHalfACharacterIsRefused() {
    UUID id = says("Olena", "done 👍🏽 now");
    assertThat(verdict(atom("a", AtomType.IDEA, "It was said", "It was said", new Quote(id, 0, 6)))).isEqualTo("made_up_quote");
  }

  @Test
  void aQuoteOfAMessageThatWasNotReadIsRefused() {
    says("Olena", "It was said");
    assertThat(verdict(atom("a", AtomType.IDEA, "It was said", "It was said", new Quote(new UUID(5, 5), 0, 3))))
        .isEqualTo("unknown_message");
  }

  @Test
  void oneWrongQuoteRefusesTheAtomAndNoOther() {
    UUID id = says("Olena", "It was said clearly");
    Result result = validate(atom("a", AtomType.IDEA, "It was said", "It was said", quote(id), new Quote(id, 0, 99)),
        atom("b", AtomType.IDEA, "It was clear", "It was clear", quote(id)));
    assertThat(result.accepted().atoms()).extracting(AtomCandidate::key).containsExactly("b");
    assertThat(result.refused()).containsExactly(new Refusal("It was said", "made_up_quote"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"one two three four five six seven eight nine ten eleven twelve thirteen", "", "  ", "\u0000 nul",
      "half \ud83d a pair"})
  void anUnsuitableTitleIsRefused(String title) {
    assertThat(verdict(AtomType.IDEA, "It was said", title, "It was said")).isEqualTo("title");
  }

  @Test
  void aTitleOfTwelveWordsIsAccepted() {
    assertThat(verdict(AtomType.IDEA, "It was said", "one two three four five six seven eight nine ten eleven twelve", "It was said"))
        .isEqualTo("accepted");
  }

  @Test
  void threeSentencesAreAcceptedAndFourAreNot() {
    assertThat(verdict("It was said", "It was. We saw. They did.")).isEqualTo("accepted");
    assertThat(verdict("It was said", "It was. We saw! They did? All was.")).isEqualTo("content");
    assertThat(verdict("It was said", "It was. «We» saw! (They) did? “All” was.")).isEqualTo("content");
    assertThat(verdict("Це було", "Це було. Ми бачили. Вони теж… Усе.")).isEqualTo("content");
    assertThat(verdict("It was said", "a".repeat(5001))).isEqualTo("content");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void aConfidenceOutOfRangeIsRefused(double confidence) {
    UUID id = says("Olena", "It was said");
    assertThat(verdict(new AtomCandidate("a", AtomType.IDEA, null, "It was said", "It was said", confidence, List.of(quote(id)), REASON)))
        .isEqualTo("confidence");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"14 customers saw it|15 customers saw it", "it costs $500|it costs €500", "it costs 5k|it costs 5",
      "it costs 5k|it costs 5M", "up by 3|up by 3%", "call me at 10:30|call me at 10:45", "until 2026-11-20|until 2026-11-21",
      "до 15.12 зробимо|до 16.12 зробимо", "version 2.4.1 is out|version 2.4 is out"})
  void aNumberThatNobodySaidIsRefused(String said, String content) {
    assertThat(verdict(said, content)).isEqualTo("number");
  }

  @Test
  void aNumberOfAnotherMessageIsNotSaidByTheQuotedOne() {
    says("Kevin", "There are 14 of them");
    assertThat(verdict("There are many of them", "There are 14 of them")).isEqualTo("number");
  }

  @Test
  void theTimeOfTheMessageMayBeNamed() {
    assertThat(verdict("We begin tomorrow", "Said on 2026-11-02: we begin tomorrow")).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"we move the database|we move the database to Oracle", "до п'ятниці зробимо|зробимо разом з Тарасом",
      "it is due soon|it is due on Monday", "we pay in cash|we pay in USD"})
  void aNameThatNobodySaidIsRefused(String said, String content) {
    assertThat(verdict(said, content)).isEqualTo("name");
  }

  @Test
  void theAuthorMayBeNamedAndNoOtherParticipant() {
    says("Kevin Osei", "I listen to you all");
    assertThat(verdict("I will do it", "Olena will do it")).isEqualTo("accepted");
    assertThat(verdict("I will do it", "Kevin will do it")).isEqualTo("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Should we move to Kafka?", "I propose to move to Kafka", "Proposal: move to Kafka", "What if we move to Kafka",
      "We move to Kafka?", "Could we get this done?", "Should we move to Kafka? That is not decided yet.",
      "I propose Kafka. We have not agreed on it.", "Пропоную перейти на Kafka", "Може, перейдемо на Kafka", "Чи не варто перейти на Kafka",
      "Пропоную Kafka. Ще не погоджено.", "Пропоную зняти блок", "А якщо перейти на Kafka?", "Предлагаю перейти на Kafka",
      "А если перейти на Kafka", "Предлагаю Kafka. Решения еще нет.", "I propose it for +100 users"})
  void aProposalIsNotADecision(String said) {
    assertThat(verdict(AtomType.DECISION, said, "It was said", said.replaceAll("[?.].*", ""))).isEqualTo("modality");
    assertThat(verdict(AtomType.IDEA, said, "It was said", said.replaceAll("[?.].*", ""))).isEqualTo("accepted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"We move to Kafka", "Should we move to Kafka?\nAgreed", "Should we move to Kafka?\n+1", "I propose Kafka\nok",
      "Agreed: we move to Kafka", "Переходимо на Kafka", "Пропоную перейти на Kafka\nДомовились", "Може, перейдемо на Kafka\nОк",
      "Він допоможе перейти на Kafka", "Неможливо лишатись, переходимо", "Предлагаю Kafka\nСогласен", "Переходим на Kafka"})
  void aDecisionIsOneAlsoAfterAProposal(String said) {
    assertThat(verdict(AtomType.DECISION, said, "It was said", said.lines().findFirst().orElseThrow())).isEqualTo("accepted");
  }

  @Test
  void aProposalThatAnotherMessageAcceptsIsADecision() {
    Quote asked = quote(says("Olena", "Should we drop the old format?"));
    Quote agreed = quote(says("Kevin", "👍"));
    assertThat(verdict(atom("a", AtomType.DECISION, "We drop the old format", "We drop the old format.", asked, agreed)))
        .isEqualTo("accepted");
  }

  @Test
  void whatIsAboveTheCapIsRefused() {
    UUID id = says("Olena", "It was said");
    maxAtoms = 3;
    Result result = validate(IntStream.range(0, 5).mapToObj(i -> atom("a" + i, AtomType.IDEA, "It was said " + "so ".repeat(i),
        "It was said", quote(id))).toArray(AtomCandidate[]::new));
    assertThat(result.accepted().atoms()).extracting(AtomCandidate::key).containsExactly("a0", "a1", "a2");
    assertThat(result.refused()).extracting(Refusal::reason).containsExactly("too_many", "too_many");
  }

  @Test
  void twoAtomsWithOneKeyOrOneTitleAreNotStored() {
    UUID id = says("Olena", "It was said and done");
    Result result = validate(atom("a", AtomType.IDEA, "It was said", "It was said", quote(id)),
        atom("a", AtomType.IDEA, "It was done", "It was done", quote(id)),
        atom("b", AtomType.IDEA, "It was SAID!", "It was said and done", quote(id)));
    assertThat(result.accepted().atoms()).extracting(AtomCandidate::title).containsExactly("It was said");
    assertThat(result.refused()).extracting(Refusal::reason).containsExactly("duplicate", "duplicate");
  }

  private TopicCandidate topic(String key, UUID existing, String name, double confidence, UUID... ids) {
    return new TopicCandidate(key, existing, name, "about " + name, List.of(ids), List.of(), confidence, REASON);
  }

  @Test
  void unsuitableTopicsAreRefusedWithTheirReason() {
    UUID id = says("Olena", "It was said");
    Result result = validate(new Analysis(List.of(topic("ok", null, "Sync", .5, id), topic("known", KNOWN, "Sync of files", .5, id),
        topic("empty", null, "  ", .5), topic("signs", null, "?!…", .5), topic("long", null, "x".repeat(101), .5),
        topic("unknown", new UUID(4, 4), "Other", .5), topic("strange", null, "Strange", .5, new UUID(5, 5)),
        topic("sure", null, "Sure", 1.5), topic("ok", null, "Again", .5)), List.of(), List.of()));
    assertThat(result.accepted().topics()).extracting(TopicCandidate::key).containsExactly("ok", "known");
    assertThat(result.refused()).extracting(Refusal::item, Refusal::reason).containsExactlyInAnyOrder(tuple("  ", "topic_name"),
        tuple("?!…", "topic_name"), tuple("x".repeat(101), "topic_name"), tuple("Other", "unknown_topic"),
        tuple("Strange", "unknown_message"), tuple("Sure", "confidence"), tuple("Again", "duplicate"));
  }

  @Test
  void anAtomOfARefusedTopicIsStoredWithoutIt() {
    UUID id = says("Olena", "It was said");
    AtomCandidate atom = new AtomCandidate("a", AtomType.IDEA, "t", "It was said", "It was said", .5, List.of(quote(id)), REASON);
    assertThat(validate(new Analysis(List.of(topic("t", null, "", .5)), List.of(atom), List.of())).accepted().atoms()).singleElement()
        .satisfies(accepted -> assertThat(accepted.topic()).isNull());
  }

  @Test
  void linksJoinTwoAcceptedAtoms() {
    UUID id = says("Olena", "It was said and done");
    List<AtomCandidate> atoms = List.of(atom("a", AtomType.IDEA, "It was said", "It was said", quote(id)),
        atom("b", AtomType.IDEA, "It was done", "It was done", quote(id)), atom("c", AtomType.IDEA, "", "no title", quote(id)));
    List<LinkCandidate> links = List.of(new LinkCandidate("a", "b", LinkType.SOLVES, .5), new LinkCandidate("a", "a", LinkType.SOLVES, .5),
        new LinkCandidate("a", "c", LinkType.SOLVES, .5), new LinkCandidate("b", "a", LinkType.SOLVES, 1.1),
        new LinkCandidate("b", "a", LinkType.SOLVES, Double.NaN), new LinkCandidate("x", "a", LinkType.SOLVES, .5));
    assertThat(validate(new Analysis(List.of(), atoms, links)).accepted().links()).containsExactly(links.getFirst());
  }

  @Test
  void aRefusedItemIsListedShortAndStorable() {
    assertThat(verdict(AtomType.IDEA, "It was said", "\u0000" + "x".repeat(1000), "It was said")).isEqualTo("title");
    assertThat(validate(atom("a", AtomType.IDEA, "\u0000" + "x".repeat(1000), "It", quote(messages.getFirst().id()))).refused())
        .singleElement().satisfies(refusal -> assertThat(refusal.item()).hasSizeLessThanOrEqualTo(300).doesNotContain("\u0000"));
  }
}
