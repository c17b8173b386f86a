package tasktracker.llm.call;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.call.CallFailure.Kind;
import tasktracker.llm.provider.ProviderSettings;

/**
 * Asks providers in their order until one gives a usable answer. Each attempt reserves tokens of the budget, waits for a
 * free place of the provider, and is recorded. Failures of a kind that passes are retried; a provider that keeps failing is
 * left alone for a while. Must be called outside of transactions. Thread-safe.
 */
public class ModelCalls {

  private static final int MAX_ATTEMPTS = 3;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  /** A provider that asks for a longer wait is passed over. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final CircuitBreakerConfig BREAKER = CircuitBreakerConfig.custom().slidingWindowSize(10).minimumNumberOfCalls(5)
      .failureRateThreshold(60).waitDurationInOpenState(Duration.ofSeconds(60)).permittedNumberOfCallsInHalfOpenState(1)
      .recordException(e -> e instanceof CallFailure failure && failure.isOfProvider()).build();

  /** Sleeps; tests replace it. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** A checked answer and who gave it. */
  public record Result<T>(T value, ProviderSettings provider, ModelAnswer answer) {}

  /** Why each provider gave no answer, in their order. */
  public static final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient List<CallFailure> failures;

    NoAnswer(List<CallFailure> failures) {
      super(failures.isEmpty() ? "No provider is available" : "No provider gave a usable answer: " + failures.getLast().getMessage());
      this.failures = List.copyOf(failures);
    }

    public List<CallFailure> failures() {
      return failures;
    }
  }

  private final CallStore store;
  private final Function<ProviderSettings, ModelClient> clients;
  private final Sleeper sleeper;
  private final CallMetrics metrics;
  private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(BREAKER);
  private final Map<UUID, Places> places = new ConcurrentHashMap<>();

  /** The places for calls of a provider at the same time. */
  private record Places(int size, Semaphore free) {

    static Places of(int size) {
      return new Places(size, new Semaphore(size, true));
    }
  }

  public ModelCalls(CallStore store, ModelHttp http, MeterRegistry meters) {
    this(store, clients(http), time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()), meters);
  }

  ModelCalls(CallStore store, Function<ProviderSettings, ModelClient> clients, Sleeper sleeper, MeterRegistry meters) {
    this.metrics = new CallMetrics(meters);
    this.store = store;
    this.clients = clients;
    this.sleeper = sleeper;
  }

  private static Function<ProviderSettings, ModelClient> clients(ModelHttp http) {
    ModelClient ollama = new OllamaClient(http);
    ModelClient others = new LangChainClient(http);
    return provider -> switch (provider.type()) {
      case OLLAMA -> ollama;
      case BUILTIN -> throw new IllegalArgumentException("The built-in analyst is not called");
      default -> others;
    };
  }

  /**
   * Asks for a JSON object.
   *
   * @param providers in the order in which they are tried; {@code request} gives the request for one of them
   * @param check makes the value of the object, or throws {@link IllegalArgumentException} with what is wrong with it
   * @throws NoAnswer when none gave a usable answer
   */
  public <T> Result<T> askForJson(List<ProviderSettings> providers, Function<ProviderSettings, ModelRequest> request,
      Function<JsonObject, T> check) {
    List<CallFailure> failures = new java.util.ArrayList<>();
    for (ProviderSettings provider : providers) {
      try {
        return askOne(provider, request.apply(provider), check);
      } catch (CallFailure e) {
        failures.add(e);
      }
    }
    throw new NoAnswer(failures);
  }

  /** Asks one provider; an answer that is not what was asked for gets one further attempt that says what is wrong. */
  private <T> Result<T> askOne(ProviderSettings provider, ModelRequest request, Function<JsonObject, T> check) {
    ModelAnswer answer = ask(provider, request);
    try {
      return new Result<>(check(answer, check), provider, answer);
    } catch (CallFailure e) {
      if (e.kind() != Kind.INVALID) {
        throw e;
      }
      ModelAnswer second = ask(provider, request.withHint("Your last answer could not be used: " + e.getMessage()
          + ". Answer again with one JSON object of the schema only."));
      return new Result<>(check(second, check), provider, second);
    }
  }

  private static <T> T check(ModelAnswer answer, Function<JsonObject, T> check) {
    JsonObject json = JsonAnswer.parse(answer.text());
    try {
      return check.apply(json);
    } catch (CallFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CallFailure(Kind.INVALID, e.getMessage() == null ? "The answer does not follow the schema" : e.getMessage());
    }
  }

  /**
   * Asks one provider for a text, with retries.
   *
   * @throws CallFailure when it gave none
   */
  public ModelAnswer ask(ProviderSettings provider, ModelRequest request) {
    Duration wait = FIRST_WAIT;
    for (int attempt = 1;; attempt++) {
      try {
        return attempt(provider, request);
      } catch (CallFailure e) {
        Duration asked = e.retryAfter() == null ? wait : e.retryAfter();
        if (!e.isRetryable() || attempt == MAX_ATTEMPTS || asked.compareTo(LONGEST_WAIT) > 0) {
          throw e;
        }
        sleep(asked);
        wait = wait.multipliedBy(2);
      }
    }
  }

  private void sleep(Duration time) {
    try {
      sleeper.sleep(time);
    } catch (InterruptedException e) {
      throw aborted(e);
    }
  }

  /** Nobody waits for the answer any more; the provider did not fail, and nobody else is to be asked. */
  private static CancellationException aborted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    CancellationException aborted = new CancellationException("The call was interrupted");
    aborted.initCause(cause);
    return aborted;
  }

  private ModelAnswer attempt(ProviderSettings provider, ModelRequest request) {
    // A provider whose address or key was changed begins anew.
    CircuitBreaker breaker = breakers.circuitBreaker(provider.id() + " " + Objects.hash(provider.baseUrl(), provider.apiKey()));
    try {
      // Waiting for a free place is no failure of the provider, so it stands outside of the breaker.
      return inPlace(provider, () -> breaker.executeSupplier(() -> recorded(provider, request)));
    } catch (CallNotPermittedException e) {
      CallFailure refused = new CallFailure(Kind.CIRCUIT_OPEN, "Too many calls of this provider failed; it is tried again in a minute");
      metrics.recordRefused(provider, refused);
      throw refused;
    }
  }

  private ModelAnswer inPlace(ProviderSettings provider, Supplier<ModelAnswer> call) {
    Semaphore free = places(provider);
    try {
      if (!free.tryAcquire(provider.timeoutSeconds(), TimeUnit.SECONDS)) {
        throw new CallFailure(Kind.TIMEOUT, "All places of this provider are busy");
      }
    } catch (InterruptedException e) {
      throw aborted(e);
    }
    try {
      return call.get();
    } finally {
      free.release();
    }
  }

  /** When their number was changed, calls that are at work keep their place of the former ones. */
  private Semaphore places(ProviderSettings provider) {
    int size = Math.max(1, provider.concurrency());
    return Objects.requireNonNull(places.compute(provider.id(),
        (id, before) -> before == null || before.size() != size ? Places.of(size) : before)).free();
  }

  private ModelAnswer recorded(ProviderSettings provider, ModelRequest request) {
    UUID call = begin(provider, request);
    long start = System.nanoTime();
    ModelAnswer answer = null;
    CallFailure failure = null;
    try {
      answer = clients.apply(provider).ask(provider, request);
      return answer;
    } catch (CallFailure e) {
      failure = e;
      throw e;
    } catch (RuntimeException e) {
      failure = new CallFailure(Kind.INVALID, "The call failed (" + e.getClass().getSimpleName() + ")", null, e);
      throw failure;
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      CallFailure reason = unusable(answer, failure);
      metrics.record(provider, request, answer, reason, store.end(call, answer, reason, took), took);
    }
  }

  private UUID begin(ProviderSettings provider, ModelRequest request) {
    try {
      return store.begin(provider, request);
    } catch (CallFailure spent) {
      metrics.recordRefused(provider, spent);
      throw spent;
    }
  }

  private static @Nullable CallFailure unusable(@Nullable ModelAnswer answer, @Nullable CallFailure failure) {
    return answer == null && failure == null ? new CallFailure(Kind.INVALID, "The call ended without an answer") : failure;
  }
}
