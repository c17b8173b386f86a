package tasktracker.knowledge.review;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStatus;
import tasktracker.knowledge.atom.EvidenceQuote;
import tasktracker.knowledge.extraction.AnalystShares;
import tasktracker.knowledge.extraction.ExtractionRuns;
import tasktracker.knowledge.extraction.ExtractionStart;
import tasktracker.knowledge.extraction.RunStatus;
import tasktracker.knowledge.extraction.RunTrigger;
import tasktracker.knowledge.topic.TopicIcons;
import tasktracker.knowledge.topic.TopicItem;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.knowledge.version.Decisions;
import tasktracker.knowledge.version.VersionItem;
import tasktracker.platform.security.account.CurrentUserVariables;
import tasktracker.llm.call.CallFailure;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.project.Project;
import tasktracker.project.ProjectFields;
import tasktracker.platform.web.Preferences;

/** The pages of knowledge, rendered without a server in both languages. */
class KnowledgePagesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final UUID ONE = new UUID(1, 1);
  private static final String HOSTILE = "<img src=x onerror=alert(1)> & \"quoted\"";
  private static final String REASON = "{\"code\":\"cue\",\"details\":[\"we decided\"]}";
  private static final CurrentUserVariables.Me READER = new CurrentUserVariables.Me("Rita", "reader", false, false);
  private final TemplatePreview templates = new TemplatePreview();

  /** The page; a key without words in the language would stand in it as {@code ??key??}. */
  private String page(String language, String template, Map<String, Object> model) {
    String html = templates.render("knowledge/" + template, model, new Preferences(language, "light", "comfortable", true));
    assertThat(html).doesNotContain("??").doesNotContain("<img src=x");
    return html;
  }

  private static EvidenceQuote quote(int position, String state) {
    return new EvidenceQuote(ONE, position, new UUID(7, position), 1, 0, 4, HOSTILE + position, state, "Olena <b>", NOON);
  }

  private static AtomItem atom(String type, String status, @Nullable String note, EvidenceQuote... quotes) {
    boolean isDecided = !status.equals("pending");
    return new AtomItem(ONE, type, HOSTILE, "What it says.", .82, status, status.equals("approved"), status.equals("archived"), note,
        "builtin", REASON, null, null, null, NOON, 3, "auto_threshold", NOON, NOON, isDecided ? "olena" : null, isDecided ? NOON : null,
        new UUID(2, 2), "Sync <b>", "#64748B", List.of(quotes), List.of());
  }

  private static AtomItem written() {
    return new AtomItem(ONE, "idea", "Mine", "Mine", null, "pending", false, false, null, null, null, new UUID(3, 3), HOSTILE, .9, NOON,
        1, "olena", NOON, NOON, null, null, null, null, null, List.of(), List.of(new AtomItem.LinkItem(ONE, new UUID(4, 4), "problem",
            HOSTILE, "approved", "solves", true, .5),
            new AtomItem.LinkItem(ONE, new UUID(4, 5), "problem", "Other", "approved",
                "depends_on", false, null)));
  }

  private static Map<String, Object> list(String query, List<AtomItem> rows) {
    var asked = new MultivaluedHashMap<String, String>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      asked.putSingle(pair.split("=")[0], pair.split("=")[1]);
    }
    return new HashMap<>(
        Map.of("list", new AtomList(new AtomQuery(new Query(asked)), rows, true, Map.of("pending", 2L, "approved", 10_000L)),
            "types", AtomsPage.types(), "topicChoices", List.of(new TopicStore.Choice(new UUID(2, 2), HOSTILE)), "projects",
            List.of(PROJECT), "threshold", 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void everyTypeStatusAndNoteHasWords(String language) {
    List<AtomItem> rows = new ArrayList<>();
    for (AtomType type : AtomType.values()) {
      for (AtomStatus status : AtomStatus.values()) {
        rows.add(atom(type.wire(), status.wire(), null, quote(0, "valid")));
      }
    }
    List.of("evidence_changed", "evidence_deleted", "instructions")
        .forEach(note -> rows.add(atom("risk", "pending", note, quote(0, "changed"), quote(1, "deleted"))));
    String html = page(language, "atoms", list("status=all&type=risk&min=0.7&sort=oldest&page=2", rows));
    assertThat(html).contains("/atoms/" + ONE + "/decision", "name=\"revision\"", "value=\"3\"", "rel=\"prev\"", "rel=\"next\"", "82");
    rows.forEach(row -> assertThat(page(language, "atom", Map.of("atom", row, "versions", List.of(), "types", AtomsPage.types(), "around",
        List.of()))).contains("&lt;img src=x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void anEmptyListSaysWhatWillComeAndHow(String language) {
    for (String status : List.of("pending", "approved", "rejected", "archived", "all")) {
      assertThat(page(language, "atoms", list("status=" + status, List.of()))).contains("class=\"empty\"", "/extraction");
    }
    assertThat(page(language, "atoms", list("q=nothing", List.of()))).contains("class=\"empty\"", "href=\"/atoms\"");
    assertThat(page(language, "versions", versions(List.of()))).contains("class=\"empty\"");
    assertThat(page(language, "topics", topics(List.of(), null, "active"))).contains("class=\"empty\"");
    assertThat(page(language, "topics", topics(List.of(), "x", "all"))).contains("class=\"empty\"");
    assertThat(
        page(language, "extraction", Map.of("runs", List.of(), "periods", List.of("last_24h"), "threshold", 10, "agents", List.of())))
        .contains("class=\"empty\"");
    assertThat(page(language, "decisions", Map.of("decisions", List.of()))).contains("class=\"empty\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void anAtomOfAPersonShowsItsLinksAndWhatIsSimilar(String language) {
    String html = page(language, "atom", Map.of("atom", written(), "versions", List.of(version("atom", "pending", 1)), "types",
        AtomsPage.types(), "around", List.of()));
    assertThat(html).contains("/atoms/" + new UUID(3, 3), "/atoms/" + new UUID(4, 4), "/atoms/" + new UUID(4, 5), "/versions/atoms/" + ONE);
  }

  @Test
  void aReaderIsOfferedNoDecision() {
    Map<String, Object> model = list("", List.of(atom("decision", "pending", null, quote(0, "valid"))));
    model.put("me", READER);
    assertThat(page("en", "atoms", model)).contains("atom-" + ONE).doesNotContain("/decision", "href=\"/atoms/new\"", "/decisions");
    Map<String, Object> single = new HashMap<>(Map.of("atom", written(), "versions", List.of(), "types", AtomsPage.types(), "around",
        List.of(), "me", READER));
    assertThat(page("en", "atom", single)).doesNotContain("<form method=\"post\" class=\"form\"");
    Map<String, Object> changes = new HashMap<>(versions(List.of(version("atom", "pending", 1))));
    changes.put("me", READER);
    assertThat(page("en", "versions", changes)).doesNotContain("/decision");
  }

  private static VersionItem version(String type, String status, int entityRevision) {
    String data = type.equals("topic")
        ? "{\"name\":\"Sync of files\",\"description\":\"new\",\"icon\":\"code\",\"color\":\"#8B5CF6\"}"
        : "{\"title\":\"We ship on Monday\",\"content\":\"<b>c\",\"type\":\"decision\",\"confidence\":\"0.5\"}";
    String previous = type.equals("topic") ? "{\"name\":\"Sync\"}" : "{\"title\":\"We ship on Friday\"}";
    boolean isDecided = !status.equals("pending");
    return new VersionItem(new UUID(8, 1), type, ONE, HOSTILE, 2, data, previous, 1, entityRevision, status, "builtin", NOON,
        isDecided ? "olena" : null, isDecided ? NOON : null);
  }

  private static Map<String, Object> versions(List<VersionItem> rows) {
    return Map.of("list", new VersionsPage.Listing(rows, Map.of("pending", 10_000L, "approved", 20L), "all", "topic", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void versionsShowTheirDifferenceInEveryStatus(String language) {
    List<VersionItem> rows = new ArrayList<>();
    for (String type : List.of("topic", "atom")) {
      List.of("pending", "approved", "rejected").forEach(status -> rows.add(version(type, status, status.equals("pending") ? 4 : 1)));
    }
    assertThat(page(language, "versions", versions(rows))).contains("<del>Friday</del>", "<ins>Monday</ins>", "name=\"stale\"",
        "value=\"true\"", "&lt;b&gt;c");
    rows.forEach(row -> assertThat(page(language, "version", Map.of("version", row))).contains("class=\"diff\""));
    assertThat(page(language, "versions", Map.of("list", new VersionsPage.Listing(rows, Map.of(), "pending", "atom", 1))))
        .contains("id=\"versions-new-atom\"", "hx-get=\"/versions/" + new UUID(8, 1) + "/card\"");
    assertThat(templates.fragment("knowledge/_versions", "pill", Locale.forLanguageTag(language), Map.of("type", "atom")))
        .contains("id=\"versions-new-atom\"", "hx-swap-oob=\"true\"", "data-count=\"1\"").doesNotContain("??");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void answersToADecisionSayWhatHappened(String language) {
    Locale locale = Locale.forLanguageTag(language);
    for (String status : List.of("approved", "rejected", "archived")) {
      assertThat(templates.fragment("knowledge/_atoms", "decided", locale,
          Map.of("atom", atom("decision", status, null, quote(0, "valid")), "decision", new UUID(5, 5))))
          .contains("/decisions/" + new UUID(5, 5) + "/undo", "toast ok").doesNotContain("??", "<img src=x");
    }
    assertThat(templates.fragment("knowledge/_atoms", "stale", locale, Map.of("atom", atom("decision", "approved", null), "problem",
        Problem.conflict("It was changed")))).contains("toast warn", "It was changed").doesNotContain("??");
  }

  private static final Project PROJECT = new Project(new UUID(10, 1), new ProjectFields(HOSTILE, "", List.of("sync"), Map.of(), List.of(),
      List.of(), List.of(), List.of(), null, null, true), "1.0.0", 1, 1, "olena", NOON, NOON, 0);

  private static TopicItem topic(boolean isActive, String icon) {
    return new TopicItem(ONE, HOSTILE, HOSTILE, icon, "#64748B", isActive, "builtin", REASON, 1, "auto_threshold", NOON, NOON, 12, 3, 120,
        NOON, isActive ? new UUID(10, 1) : null, isActive ? HOSTILE : null, isActive ? List.of("sync", HOSTILE) : List.of());
  }

  private static Map<String, Object> topics(List<TopicItem> rows, @Nullable String search, String state) {
    return Map.of("list",
        new TopicsPage.Listing(new TopicStore.Page(rows, 60), search, search == null ? null : new UUID(10, 1), "name_asc", state, "grid",
            2),
        "threshold", 10, "projects", search == null ? List.of() : List.of(PROJECT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void topicsAreShownWithEveryIcon(String language) {
    List<TopicItem> rows = TopicIcons.all().stream().map(icon -> topic(!icon.equals("flag"), icon)).toList();
    assertThat(page(language, "topics", topics(rows, "x&y", "all"))).contains("search=x%26y", "/topics/" + ONE, "/atoms?topic=" + ONE,
        "/topics?project=" + PROJECT.id(), "project=" + PROJECT.id() + "&amp;");
    Map<String, Object> one = Map.of("topic", topic(true, "code"), "groups", Map.of("decision", List.of(written(),
        atom("decision", "approved", null, quote(0, "valid")))), "messages", List.of(), "versions",
        List.of(version("topic", "approved", 2)),
        "icons", TopicIcons.all());
    assertThat(page(language, "topic", one)).contains("hx-post=\"/topics/" + ONE + "\"", "/topics/" + ONE + "/active",
        "/topics?project=" + PROJECT.id(), "sync, &lt;img");
    assertThat(page(language, "topic-new", Map.of("values", Map.of(), "icons", TopicIcons.all()))).contains("name=\"name\"");
    assertThat(page(language, "topic-new",
        Map.of("values", Map.of("name", HOSTILE), "icons", TopicIcons.all(), "problem", Problem.unprocessable("Too long"))))
        .contains("Too long", "&lt;img src=x");
    assertThat(page(language, "atom-new", Map.of("values", Map.of("title", HOSTILE), "types", AtomsPage.types(), "topicChoices", List.of(),
        "problem", Problem.unprocessable("No content")))).contains("No content", "&lt;img src=x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theTopicsToChooseFromContainThePresentOne(String language) {
    Map<String, Object> model = Map.of("message", ONE, "present", new UUID(2, 2), "choices",
        List.of(new TopicStore.Choice(new UUID(2, 1), "Sync"), new TopicStore.Choice(new UUID(2, 2), HOSTILE)));
    assertThat(page(language, "topic-assign", model)).contains("/messages/" + ONE, "selected=\"selected\">&lt;img src=x");
  }

  private static ExtractionRuns.Item run(String status, String trigger) {
    return new ExtractionRuns.Item(ONE, "live", trigger, status, "builtin", ONE, 100, 40, 1, 2, 3, 4, 5, 6,
        status.equals("failed") ? HOSTILE : null, "olena", NOON, NOON, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void runsAreShownInEveryStatusWithEveryRefusal(String language) {
    List<ExtractionRuns.Item> runs = new ArrayList<>();
    for (RunStatus status : RunStatus.values()) {
      for (RunTrigger trigger : RunTrigger.values()) {
        runs.add(run(status.wire(), trigger.wire()));
      }
    }
    page(language, "extraction",
        Map.of("runs", runs, "periods", List.of("last_24h", "last_7d", "last_30d", "all"), "threshold", 10, "agents",
            List.of(new ExtractionStart.Choice(ONE, HOSTILE))));
    var refusals = List.of("no_quote", "made_up_quote", "unknown_message", "unknown_topic", "topic_name", "topic_description", "title",
        "content", "confidence", "number", "name", "modality", "too_many", "duplicate").stream()
        .map(reason -> new ExtractionRuns.RefusedItem(HOSTILE, reason)).toList();
    List<AnalystShares.Share> shares = Stream.concat(
        Stream.of(new AnalystShares.Share("builtin", 20, 2, 1, 200, 0, null),
            new AnalystShares.Share(AnalystShares.NOBODY, 7, 0, 0, 0, 0, null)),
        Arrays.stream(CallFailure.Kind.values()).map(kind -> new AnalystShares.Share(HOSTILE, 0, 0, 0, 0, 3, kind.wire()))).toList();
    for (ExtractionRuns.Item run : runs) {
      assertThat(page(language, "run", Map.of("run", run, "refusals", refusals, "shares", shares)).contains("/cancel\""))
          .isEqualTo(run.isActive());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void anExpensiveRunIsConfirmedWithItsEstimate(String language) {
    var estimate = new ExtractionStart.Estimate(new UUID(5, 5), HOSTILE, 1200, 90_000, null, null, 50_000L);
    String html = page(language, "extraction-confirm",
        Map.of("estimate", estimate, "period", "all", "builtin", ONE.toString()));
    assertThat(html).as("the agent that the estimate names is confirmed").contains("name=\"agent\" value=\"" + new UUID(5, 5) + "\"");
    assertThat(html).contains("name=\"confirmed\"", "value=\"all\"", "&lt;img src=x", "note warn");
  }

  @Test
  void moreAtomsThanWordsCanHoldAreSuspicious() {
    assertThat(new AnalystShares.Share("Local / m", 50, 31, 0, 600, 0, null).isSuspicious()).isTrue();
    assertThat(new AnalystShares.Share("Local / m", 50, 30, 0, 600, 0, null).isSuspicious()).isFalse();
    assertThat(new AnalystShares.Share("Local / m", 1, 3, 0, 20, 0, null).isSuspicious()).as("too few to judge").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void bulkActionsShowTheirEffectAndEachOutcome(String language) {
    List<AtomItem> chosen = List.of(atom("decision", "pending", null), atom("idea", "approved", null));
    for (String action : List.of("approve", "reject", "archive")) {
      assertThat(page(language, "bulk", Map.of("atoms", chosen, "action", action, "concerned", 1L)))
          .contains("name=\"id\"", "name=\"action\"", "value=\"" + action + "\"");
      var outcomes = List.of("applied", "nothing", "refused", "missing").stream()
          .map(outcome -> new AtomsPage.Outcome(ONE, HOSTILE, outcome,
              outcome.equals("refused") ? HOSTILE : null))
          .toList();
      assertThat(page(language, "bulk-done", Map.of("outcomes", outcomes, "action", action))).contains("&lt;img src=x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void decisionsOfferUndoUntilTheyAreUndone(String language) {
    List<Decisions.Item> items = new ArrayList<>();
    for (String action : List.of("approve", "reject", "archive")) {
      items.add(new Decisions.Item(new UUID(6, 1), "atom", ONE, action, HOSTILE, "olena", NOON, null));
      items.add(new Decisions.Item(new UUID(6, 2), "version", ONE, action, HOSTILE, "olena", NOON, NOON));
    }
    assertThat(page(language, "decisions", Map.of("decisions", items.stream().map(Decisions.Item::listed).toList())))
        .contains("/decisions/" + new UUID(6, 1) + "/undo")
        .doesNotContain("/decisions/" + new UUID(6, 2) + "/undo");
  }
}
