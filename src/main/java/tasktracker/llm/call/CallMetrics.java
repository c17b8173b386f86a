package tasktracker.llm.call;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.provider.ProviderSettings;

/** Figures of calls by the type of the provider; models and names of providers are in the record of calls. */
final class CallMetrics {

  private final MeterRegistry meters;

  CallMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void record(ProviderSettings provider, ModelRequest request, @Nullable ModelAnswer answer, @Nullable CallFailure failure,
      CallStore.Ended ended, Duration took) {
    String type = provider.type().wire();
    meters.timer("tasktracker.llm.calls", "provider", type, "purpose", request.purpose(), "outcome",
        failure == null ? "ok" : failure.kind().wire()).record(took);
    if (answer != null) {
      meters.counter("tasktracker.llm.tokens", "provider", type, "direction", "prompt").increment(answer.promptTokens());
      meters.counter("tasktracker.llm.tokens", "provider", type, "direction", "output").increment(answer.outputTokens());
    }
    if (ended.cost() != null && ended.currency() != null) {
      meters.counter("tasktracker.llm.cost", "provider", type, "currency", ended.currency()).increment(ended.cost().doubleValue());
    }
  }

  /** A call that was not made, because the budget is spent or the circuit breaker is open. */
  void recordRefused(ProviderSettings provider, CallFailure failure) {
    meters.counter("tasktracker.llm.refused", "provider", provider.type().wire(), "reason", failure.kind().wire()).increment();
  }
}
