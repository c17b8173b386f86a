package tasktracker.llm.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static tasktracker.llm.call.ScriptedModelServer.hangs;
import static tasktracker.llm.call.ScriptedModelServer.raw;
import static tasktracker.llm.call.ScriptedModelServer.redirect;
import static tasktracker.llm.call.ScriptedModelServer.retryAfter;
import static tasktracker.llm.call.ScriptedModelServer.says;
import static tasktracker.llm.call.ScriptedModelServer.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;
import tasktracker.llm.call.CallFailure.Kind;
import tasktracker.llm.call.ScriptedModelServer.Step;
import tasktracker.llm.provider.ProviderSettings;
import tasktracker.llm.provider.ProviderType;

/** Calls of servers that speak the protocols of the providers. */
class ModelCallsTest {

  private static final String SCHEMA = """
      {"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"], "additionalProperties": false}""";
  private static final String GOOD = "{\"answer\": \"yes\"}";
  private static TestDatabase schema;
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final CallStore store = new CallStore(new Database(schema.transactional()));
  private final ModelHttp http = new PlainModelHttp();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ModelCalls calls = new ModelCalls(store,
      provider -> provider.type() == ProviderType.OLLAMA ? new OllamaClient(http) : new LangChainClient(http), waits::add, meters);

  @BeforeAll
  static void aDatabase() {
    schema = TestDatabase.create();
  }

  @AfterAll
  static void closeDatabase() {
    schema.close();
  }

  private static ProviderSettings provider(ProviderType type, @Nullable URI url, long budget) {
    return new ProviderSettings(UUID.randomUUID(), type.name(), type, url, "secret-key-1", true, 1, 20, 60, budget, Set.of());
  }

  /** A provider whose calls end after a second. */
  private static ProviderSettings impatient(ProviderType type, @Nullable URI url, long budget) {
    return new ProviderSettings(UUID.randomUUID(), type.name(), type, url, "secret-key-1", true, 1, 20, 1, budget, Set.of());
  }

  private static ModelRequest request() {
    return new ModelRequest("test", "m", "You answer.", "Is it?", SCHEMA, .2, 100);
  }

  private static String check(JsonObject json) {
    if (!(json.get("answer") instanceof jakarta.json.JsonString text)) {
      throw new IllegalArgumentException("The member answer must be a text");
    }
    return text.getString();
  }

  private String ask(ProviderSettings provider) {
    return calls.askForJson(List.of(provider), one -> request(), ModelCallsTest::check).value();
  }

  private Kind failureOf(ProviderType type, Step... steps) throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(type, steps)) {
      ModelCalls.NoAnswer none = catchThrowableOfType(ModelCalls.NoAnswer.class, () -> ask(provider(type, server.url(), 0)));
      assertThat(none).as("no answer is usable").isNotNull();
      assertThat(none.toString() + none.failures()).doesNotContain("secret-key-1");
      return none.failures().getLast().kind();
    }
  }

  @ParameterizedTest
  @EnumSource(value = ProviderType.class, names = "BUILTIN", mode = EnumSource.Mode.EXCLUDE)
  void aGoodAnswerIsCountedAndRecorded(ProviderType type) throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(type, says(GOOD))) {
      ProviderSettings provider = provider(type, server.url(), 0);
      assertThat(ask(provider)).isEqualTo("yes");
      assertThat(store.list(100)).filteredOn(call -> call.providerId().equals(provider.id())).singleElement().satisfies(call -> {
        assertThat(call.status()).isEqualTo("ok");
        assertThat(call.promptTokens()).isEqualTo(100);
        assertThat(call.outputTokens()).isEqualTo(20);
        assertThat(call.cost()).as("unknown without a price").isNull();
      });
      assertThat(server.requests.getFirst().toString()).contains("You answer.", "Is it?", "answer");
    }
  }

  @ParameterizedTest
  @EnumSource(value = ProviderType.class, names = "BUILTIN", mode = EnumSource.Mode.EXCLUDE)
  void answersThatAreNoneAreFailures(ProviderType type) throws Exception {
    assertThat(failureOf(type, status(500))).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failureOf(type, status(401))).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(failureOf(type, status(404))).isEqualTo(Kind.REFUSED);
    assertThat(failureOf(type, status(429))).isEqualTo(Kind.RATE_LIMITED);
    assertThat(failureOf(type, redirect("http://127.0.0.1:1/"))).isEqualTo(Kind.ADDRESS);
    assertThat(failureOf(type, says(""))).isEqualTo(Kind.EMPTY);
    assertThat(failureOf(type, says("{\"answer\": \"y", "length", 100))).isEqualTo(Kind.TRUNCATED);
    assertThat(failureOf(type, says("{\"answer\": \"y"))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, says("{\"answer\": 7}"))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, says("{\"answer\": NaN}"))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, says("Sure! The answer is yes."))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, says(SCHEMA))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, says("{\"answer\": " + "[".repeat(2000) + "]".repeat(2000) + "}"))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, says("{\"answer\": 0." + "7".repeat(3000) + "}"))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, says("{\"answer\": 1e2147483648}"))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, raw("not JSON"))).isEqualTo(Kind.INVALID);
    assertThat(failureOf(type, says("x".repeat(10 << 20)))).isEqualTo(Kind.TOO_LARGE);
  }

  /** A reasoning model that is cut off is charged for, and so is one that goes on after our timeout. */
  @Test
  void whatIsChargedForCountsInTheBudget() throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says("{\"answer\": \"y", "length", 100))) {
      ProviderSettings provider = provider(ProviderType.OPENAI, server.url(), 10_000);
      assertThatThrownBy(() -> ask(provider)).isInstanceOf(ModelCalls.NoAnswer.class);
      assertThat(store.left(provider)).hasValue(10_000L - 120);
    }
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, hangs())) {
      ProviderSettings provider = impatient(ProviderType.OPENAI, server.url(), 10_000);
      assertThatThrownBy(() -> ask(provider)).isInstanceOf(ModelCalls.NoAnswer.class);
      assertThat(store.left(provider)).hasValue(10_000L - 3 * request().reservedTokens());
      assertThat(store.list(100)).filteredOn(call -> call.providerId().equals(provider.id())).hasSize(3)
          .allSatisfy(call -> assertThat(call.cost()).isNull());
    }
  }

  /** Measured with the tokenizers of hosted models: 2,520 tokens of 5,220 Cyrillic letters, 4,000 of 1,500 emoji. */
  @Test
  void theReservationIsMoreThanTokenizersMake() {
    assertThat(new ModelRequest("test", "m", "", "ж".repeat(5220), null, 0, 0).reservedTokens()).isGreaterThan(2520);
    assertThat(new ModelRequest("test", "m", "", "😀".repeat(1500), null, 0, 0).reservedTokens()).isGreaterThan(4000);
    assertThat(new ModelRequest("test", "m", "", "3f".repeat(1300), null, 0, 0).reservedTokens()).isLessThan(1500);
  }

  @ParameterizedTest
  @EnumSource(value = ProviderType.class, names = "BUILTIN", mode = EnumSource.Mode.EXCLUDE)
  void noAnswerInTimeIsATimeout(ProviderType type) throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(type, hangs())) {
      assertThatThrownBy(() -> calls.ask(impatient(type, server.url(), 0), request())).isInstanceOfSatisfying(CallFailure.class,
          failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));
    }
  }

  @ParameterizedTest
  @EnumSource(value = ProviderType.class, names = "BUILTIN", mode = EnumSource.Mode.EXCLUDE)
  void aProviderThatAsksToWaitIsWaitedFor(ProviderType type) throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(type, retryAfter(429, "7"), status(503), says(GOOD))) {
      assertThat(ask(provider(type, server.url(), 0))).isEqualTo("yes");
      assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
    }
    waits.clear();
    assertThat(failureOf(type, retryAfter(429, "3600"))).isEqualTo(Kind.RATE_LIMITED);
    assertThat(waits).as("an hour is not waited for").isEmpty();
  }

  @Test
  void aFencedAnswerAndARepairedOneAreUsed() throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says("```json\n" + GOOD + "\n```"))) {
      assertThat(ask(provider(ProviderType.OPENAI, server.url(), 0))).isEqualTo("yes");
    }
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says("{\"answer\": 7}"), says(GOOD))) {
      assertThat(ask(provider(ProviderType.OPENAI, server.url(), 0))).isEqualTo("yes");
      assertThat(server.requests.get(1).toString()).contains("The member answer must be a text");
    }
  }

  @Test
  void ollamaIsAskedNotToCutAndNotToThink() throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OLLAMA, says(GOOD))) {
      ask(provider(ProviderType.OLLAMA, server.url(), 0));
      JsonObject sent = server.requests.getFirst();
      assertThat(server.paths).containsExactly("/api/chat");
      assertThat(sent.getBoolean("truncate")).isFalse();
      assertThat(sent.getBoolean("think")).isFalse();
      assertThat(sent.getJsonObject("options").getInt("num_ctx")).isEqualTo(OllamaClient.CONTEXT_TOKENS);
      assertThat(sent.getJsonObject("options").getInt("num_predict")).isEqualTo(100);
      assertThat(sent.getJsonObject("format").getString("type")).isEqualTo("object");
    }
  }

  @Test
  void aPromptThatOllamaCutIsAFailure() throws Exception {
    ModelRequest large = new ModelRequest("test", "m", "You answer.", "word ".repeat(3500), SCHEMA, .2, 100);
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OLLAMA, says(GOOD, "stop", OllamaClient.CONTEXT_TOKENS / 2))) {
      assertThatThrownBy(() -> calls.ask(provider(ProviderType.OLLAMA, server.url(), 0), large)).isInstanceOfSatisfying(CallFailure.class,
          failure -> assertThat(failure.kind()).isEqualTo(Kind.PROMPT_TOO_LONG));
    }
    ModelRequest huge = new ModelRequest("test", "m", "You answer.", "word ".repeat(20_000), SCHEMA, .2, 100);
    assertThatThrownBy(() -> calls.ask(provider(ProviderType.OLLAMA, null, 0), huge)).isInstanceOfSatisfying(CallFailure.class,
        failure -> assertThat(failure.kind()).isEqualTo(Kind.PROMPT_TOO_LONG));
  }

  @Test
  void thinkingWithoutContentAndBlanksAreFailures() throws Exception {
    String thinking = "{\"done_reason\": \"stop\", \"message\": {\"role\": \"assistant\", \"content\": \"\", \"thinking\": \"Hmm.\"}}";
    assertThat(failureOf(ProviderType.OLLAMA, raw(thinking))).isEqualTo(Kind.EMPTY);
    assertThat(failureOf(ProviderType.OLLAMA, says("{" + "\n".repeat(200) + "}"))).isEqualTo(Kind.INVALID);
  }

  @Test
  void anInterruptedCallIsGivenUpAndNobodyElseIsAsked() throws Exception {
    try (ScriptedModelServer broken = new ScriptedModelServer(ProviderType.OPENAI, status(500));
        ScriptedModelServer other = new ScriptedModelServer(ProviderType.OPENAI, says(GOOD))) {
      List<ProviderSettings> both = List.of(provider(ProviderType.OPENAI, broken.url(), 0), provider(ProviderType.OPENAI, other.url(), 0));
      ModelCalls interrupted = new ModelCalls(store, provider -> new LangChainClient(http), time -> {
        throw new InterruptedException();
      }, meters);
      assertThatThrownBy(() -> interrupted.askForJson(both, one -> request(), ModelCallsTest::check))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).as("whoever calls sees that it was interrupted").isTrue();
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void aWaitForAFreePlaceThatIsInterruptedIsGivenUp() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> calls.ask(provider(ProviderType.OPENAI, null, 0), request())).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theNextProviderIsAskedWhenOneFails() throws Exception {
    try (ScriptedModelServer broken = new ScriptedModelServer(ProviderType.ANTHROPIC, status(500));
        ScriptedModelServer good = new ScriptedModelServer(ProviderType.GEMINI, says(GOOD))) {
      ProviderSettings second = provider(ProviderType.GEMINI, good.url(), 0);
      ModelCalls.Result<String> result = calls.askForJson(List.of(provider(ProviderType.ANTHROPIC, broken.url(), 0), second),
          one -> request(), ModelCallsTest::check);
      assertThat(result.provider()).isEqualTo(second);
      assertThat(broken.requests).hasSize(3);
    }
  }

  @Test
  void aProviderThatKeepsFailingIsLeftAlone() throws Exception {
    try (ScriptedModelServer broken = new ScriptedModelServer(ProviderType.OPENAI, status(500))) {
      ProviderSettings provider = provider(ProviderType.OPENAI, broken.url(), 0);
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> calls.ask(provider, request())).isInstanceOf(CallFailure.class);
      }
      assertThat(broken.requests).hasSizeLessThan(12);
      assertThatThrownBy(() -> calls.ask(provider, request())).isInstanceOfSatisfying(CallFailure.class,
          failure -> assertThat(failure.kind()).isEqualTo(Kind.CIRCUIT_OPEN));
    }
  }

  @Test
  void theBudgetOfADayIsNeverExceeded() throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(GOOD));
        ExecutorService threads = Executors.newFixedThreadPool(20)) {
      ProviderSettings provider = provider(ProviderType.OPENAI, server.url(), 1000);
      List<Future<Boolean>> results = java.util.stream.IntStream.range(0, 60).mapToObj(i -> threads.submit(() -> tryAsk(provider)))
          .toList();
      int answered = 0;
      for (Future<Boolean> result : results) {
        answered += result.get() ? 1 : 0;
      }
      assertThat(answered).isBetween(1, 9);
      assertThat(answered * 120L).isLessThanOrEqualTo(1000);
      assertThat(store.left(provider)).hasValue(1000 - answered * 120L);
    }
  }

  private boolean tryAsk(ProviderSettings provider) {
    try {
      calls.ask(provider, request());
      return true;
    } catch (CallFailure e) {
      assertThat(e.kind()).isEqualTo(Kind.BUDGET);
      return false;
    }
  }

  @Test
  void aServerWithoutSchemasGetsItInTheInstructions() throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, status(400), says(GOOD))) {
      assertThat(ask(provider(ProviderType.OPENAI, server.url(), 0))).isEqualTo("yes");
      assertThat(server.requests.getFirst()).containsKey("response_format");
      assertThat(server.requests.getLast()).doesNotContainKey("response_format");
      assertThat(server.requests.getLast().getJsonArray("messages").getJsonObject(0).getString("content")).contains(SCHEMA);
    }
  }

  @Test
  void anEchoedSchemaWithDefinitionsIsNoAnswer() throws Exception {
    for (ProviderType type : List.of(ProviderType.OLLAMA, ProviderType.OPENAI)) {
      assertThat(failureOf(type, says("{\"$defs\": {}, \"answer\": \"yes\"}"))).isEqualTo(Kind.INVALID);
    }
  }

  @Test
  void ollamaIsAskedWithOneSizeOfContext() throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OLLAMA, says(GOOD))) {
      ProviderSettings provider = provider(ProviderType.OLLAMA, server.url(), 0);
      calls.ask(provider, request());
      calls.ask(provider, new ModelRequest("test", "m", "You answer.", "word ".repeat(500), null, .2, 2000));
      assertThat(server.requests).extracting(sent -> sent.getJsonObject("options").getInt("num_ctx")).hasSize(2)
          .containsOnly(OllamaClient.CONTEXT_TOKENS);
    }
  }

  @Test
  void callsAtTheSameTimeAreAsManyAsTheProviderAllows() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Step slow = (exchange, type) -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      Thread.sleep(100);
      now.decrementAndGet();
      says(GOOD).answer(exchange, type);
    };
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OLLAMA, slow);
        ExecutorService threads = Executors.newFixedThreadPool(6)) {
      UUID id = UUID.randomUUID();
      askInParallel(threads, new ProviderSettings(id, "Local", ProviderType.OLLAMA, server.url(), null, true, 1, 1, 10, 0, Set.of()));
      assertThat(most).as("with one place").hasValue(1);
      askInParallel(threads, new ProviderSettings(id, "Local", ProviderType.OLLAMA, server.url(), null, true, 1, 3, 10, 0, Set.of()));
      assertThat(most).as("after the number was changed").hasValueBetween(2, 3);
    }
  }

  private void askInParallel(ExecutorService threads, ProviderSettings provider) throws Exception {
    List<Future<ModelAnswer>> answers = java.util.stream.IntStream.range(0, 6)
        .mapToObj(i -> threads.submit(() -> calls.ask(provider, request()))).toList();
    for (Future<ModelAnswer> answer : answers) {
      answer.get();
    }
  }

  @Test
  void aChangedAddressBeginsAnew() throws Exception {
    UUID id = UUID.randomUUID();
    try (ScriptedModelServer broken = new ScriptedModelServer(ProviderType.OPENAI, status(500));
        ScriptedModelServer good = new ScriptedModelServer(ProviderType.OPENAI, says(GOOD))) {
      ProviderSettings wrong = new ProviderSettings(id, "Local", ProviderType.OPENAI, broken.url(), null, true, 1, 2, 1, 0, Set.of());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> calls.ask(wrong, request())).isInstanceOf(CallFailure.class);
      }
      assertThat(ask(new ProviderSettings(id, "Local", ProviderType.OPENAI, good.url(), null, true, 1, 2, 1, 0, Set.of())))
          .isEqualTo("yes");
    }
  }

  @Test
  void theCostOfACallIsRecordedAndMeasured() throws Exception {
    String model = "m " + UUID.randomUUID();
    new Database(schema.transactional()).run(sql -> sql.execute("insert into llm_price values (?, '2026-01-01', 10, 50, 'USD')", model));
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(GOOD))) {
      ProviderSettings provider = provider(ProviderType.OPENAI, server.url(), 500);
      calls.ask(provider, new ModelRequest("test", model, "You answer.", "Is it?", null, .2, 100));
      assertThat(store.list(provider.id(), "ok", null, 10)).singleElement().satisfies(call -> assertThat(call.costText()).isEqualTo(
          "0.002 USD"));
      assertThat(store.costsOfToday()).filteredOn(cost -> cost.providerId().equals(provider.id())).hasSize(1);
      assertThat(store.today().get(provider.id())).isEqualTo(new CallStore.Today(provider.id(), 120, 0, 1, 0));
      assertThat(meters.counter("tasktracker.llm.cost", "provider", "openai", "currency", "USD").count()).isEqualTo(.002);
      assertThat(meters.counter("tasktracker.llm.tokens", "provider", "openai", "direction", "prompt").count()).isEqualTo(100);
      assertThat(meters.timer("tasktracker.llm.calls", "provider", "openai", "purpose", "test", "outcome", "ok").count()).isEqualTo(1);
    }
  }

  @Test
  void callsAreListedInPagesAndDeletedByTheirAge() throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(GOOD))) {
      ProviderSettings provider = provider(ProviderType.OPENAI, server.url(), 0);
      for (int i = 0; i < 3; i++) {
        calls.ask(provider, request());
      }
      List<CallStore.Call> first = store.list(provider.id(), null, null, 2);
      assertThat(store.list(provider.id(), null, first.getLast().id(), 2)).hasSize(1).doesNotContainAnyElementsOf(first);
      assertThat(store.list(provider.id(), "failed", null, 2)).isEmpty();
      store.deleteBefore(Instant.now().minus(Duration.ofDays(1)));
      assertThat(store.list(provider.id(), null, null, 5)).hasSize(3);
      new Database(schema.transactional())
          .run(sql -> sql.execute("update llm_call set started_at = now() - interval '90 days' where id = ?",
              first.getFirst().id()));
      store.deleteBefore(Instant.now().minus(Duration.ofDays(1)));
      assertThat(store.list(provider.id(), null, null, 5)).hasSize(2);
    }
  }

  @Test
  void retryAfterIsReadAsSecondsOrDate() {
    Instant now = Instant.parse("2026-11-30T10:00:00Z");
    assertThat(HttpFailures.parse("120", now)).isEqualTo(Duration.ofMinutes(2));
    assertThat(HttpFailures.parse("Mon, 30 Nov 2026 10:00:30 GMT", now)).isEqualTo(Duration.ofSeconds(30));
    assertThat(HttpFailures.parse("99999999999", now)).isEqualTo(Duration.ofHours(1));
    assertThat(HttpFailures.parse("soon", now)).isNull();
    assertThat(HttpFailures.parse(null, now)).isNull();
  }
}
