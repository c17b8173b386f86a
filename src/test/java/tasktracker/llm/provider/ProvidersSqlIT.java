package tasktracker.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.knowledge.model.LanguageModelAnalyst;
import tasktracker.llm.agent.TaskSchema;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.secret.SecretCipher;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.problem.Problem;

/** Providers on a real database. */
class ProvidersSqlIT {

  private static final String OLD = "old:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final String NEW = "new:f0f1f2f3f4f5f6f7f8f9fafbfcfdfeffe0e1e2e3e4e5e6e7e8e9eaebecedeeef";
  private static TestDatabase schema;
  private static Database database;
  private final List<Job> enqueued = new ArrayList<>();
  private final List<Object> published = new ArrayList<>();
  private final String name = "Models " + UUID.randomUUID();

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  private Providers providers(String keys) {
    Jobs jobs = new Jobs() {
      @Override
      public UUID enqueue(Job job, Options options) {
        enqueued.add(job);
        return UUID.randomUUID();
      }

      @Override
      public void cancel(UUID job) {}
    };
    return new Providers(new ProviderStore(database), new SecretCipher(Optional.of(keys)), jobs, (event, data) -> published.add(data),
        new Audit(database, new Identity()), unused());
  }

  @SuppressWarnings("unchecked")
  private static Instance<ProviderUse> unused() {
    return (Instance<ProviderUse>) Proxy.newProxyInstance(Instance.class.getClassLoader(), new Class<?>[]{Instance.class},
        (proxy, method, arguments) -> method.getName().equals("stream") ? Stream.empty() : null);
  }

  private ProviderChange openAi(String url, String key) {
    return new ProviderChange(name, "openai", url, key, null, null, null, null, null, null, null);
  }

  private static ProviderChange key(String key) {
    return new ProviderChange(null, null, null, key, null, null, null, null, null, null, null);
  }

  @Test
  void aNewProviderIsValidatedAndItsKeyIsNoPartOfAnything() {
    Providers providers = providers(OLD);
    UUID id = providers.create(openAi("https://models.example/v1/", "sk-1"), "olena");
    assertThat(enqueued).containsExactly(new ValidateProvider(id));
    ProviderItem item = providers.get(id, Locale.ENGLISH);
    assertThat(item.validationStatus()).isEqualTo("validating");
    assertThat(item.baseUrl()).isEqualTo("https://models.example/v1");
    assertThat(item.toString() + published).doesNotContain("sk-1");
    assertThat(providers.settings(id).apiKey()).isEqualTo("sk-1");
  }

  @Test
  void aBlankKeyKeepsTheStoredOneAndANewHostNeedsIt() {
    Providers providers = providers(OLD);
    UUID id = providers.create(openAi("https://models.example/v1", "sk-1"), "olena");
    providers.update(id, key(" "));
    assertThat(providers.settings(id).apiKey()).isEqualTo("sk-1");
    assertThatThrownBy(() -> providers.update(id, openAi("https://thief.example/v1", ""))).isInstanceOf(Problem.class);
    providers.update(id, openAi("https://models.example/v2", ""));
    assertThat(providers.settings(id).apiKey()).isEqualTo("sk-1");
    providers.update(id, openAi("https://other.example/v1", "sk-2"));
    assertThat(providers.settings(id).apiKey()).isEqualTo("sk-2");
  }

  @Test
  void rotationEncryptsAnewAndKeepsTheKey() {
    UUID id = providers(OLD).create(openAi(null, "sk-1"), "olena");
    Providers rotated = providers(NEW + "," + OLD);
    assertThat(rotated.hasOutdated()).isTrue();
    assertThat(rotated.settings(id).apiKey()).isEqualTo("sk-1");
    assertThat(rotated.reencrypt()).isPositive();
    assertThat(rotated.hasOutdated()).isFalse();
    assertThat(rotated.reencrypt()).isZero();
    assertThat(providers(NEW).settings(id).apiKey()).isEqualTo("sk-1");
    assertThatThrownBy(() -> providers(OLD).settings(id)).isInstanceOf(ProviderFailure.class);
    assertThat(providers(NEW + "," + OLD).settings(id).apiKey()).isEqualTo("sk-1");
    rotated.delete(id);
  }

  /** Both nodes of the second step: one has been restarted with the new key first, the other knows it already. */
  @Test
  void noCallLosesItsKeyWhileKeysAreRotated() throws Exception {
    UUID id = providers(OLD).create(openAi(null, "sk-1"), "olena");
    Providers restarted = providers(NEW + "," + OLD);
    Providers other = providers(OLD + "," + NEW);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> calls = IntStream.range(0, 400).mapToObj(i -> threads.submit(
          () -> "sk-1".equals((i % 2 == 0 ? restarted : other).settings(id).apiKey()))).toList();
      for (int i = 0; i < 20; i++) {
        restarted.reencrypt();
        other.reencrypt();
      }
      for (Future<Boolean> call : calls) {
        assertThat(call.get()).isTrue();
      }
    }
    restarted.delete(id);
  }

  @Test
  void theResultOfAnEarlierRevisionIsDropped() {
    Providers providers = providers(OLD);
    UUID id = providers.create(openAi(null, "sk-1"), "olena");
    int revision = providers.revisionToValidate(id).orElseThrow();
    providers.update(id, key("sk-2"));
    providers.completeValidation(id, revision, new ProviderFailure("timeout", "models.example:443"));
    assertThat(providers.get(id, Locale.ENGLISH).validationStatus()).isEqualTo("validating");
    providers.completeValidation(id, revision + 1, new ProviderFailure("unauthorized", "models.example:443"));
    assertThat(providers.get(id, Locale.ENGLISH).validationError()).contains("models.example:443");
    assertThat(providers.get(id, Locale.forLanguageTag("uk")).validationError()).contains("ключ");
  }

  @Test
  void theBuiltInAnalystIsSwitchedOffAndNeverDeleted() {
    Providers providers = providers(OLD);
    ProviderItem builtIn = providers.list(false, 100, 0, Locale.ENGLISH).stream().filter(ProviderItem::builtIn).findFirst().orElseThrow();
    assertThat(builtIn.validationStatus()).isEqualTo("connected");
    providers.setActive(builtIn.id(), false);
    assertThat(providers.list(true, 100, 0, Locale.ENGLISH)).extracting(ProviderItem::id).doesNotContain(builtIn.id());
    providers.setActive(builtIn.id(), true);
    assertThat(enqueued).isEmpty();
    assertThatThrownBy(() -> providers.delete(builtIn.id())).isInstanceOf(Problem.class);
  }

  @Test
  void namesAreUniqueAndValuesHaveLimits() {
    Providers providers = providers(OLD);
    providers.create(openAi(null, null), "olena");
    assertThatThrownBy(() -> providers.create(openAi(null, null), "olena")).isInstanceOf(Problem.class);
    for (String url : List.of("ftp://models.example", "https://a:b@models.example", "https://models.example/?x=1", "models.example")) {
      assertThatThrownBy(() -> providers.create(new ProviderChange("Other", "ollama", url, null, null, null, null, null, null, null, null),
          "olena")).as(url).isInstanceOf(Problem.class);
    }
    assertThatThrownBy(() -> providers.create(new ProviderChange("Other", "ollama", null, "key", null, null, null, null, null, null, null),
        "olena")).isInstanceOf(Problem.class);
  }

  @Test
  void theBuiltInTaskHasTheSchemaThatModelsAreAskedFor() {
    String stored = database.ask(sql -> sql.createQuery("select response_schema::text from llm_task_config where name = :name")
        .bind("name", LanguageModelAnalyst.TASK).mapTo(String.class).one());
    assertThat(TaskSchema.parse(stored)).isEqualTo(TaskSchema.parse(LanguageModelAnalyst.SCHEMA));
  }
}
