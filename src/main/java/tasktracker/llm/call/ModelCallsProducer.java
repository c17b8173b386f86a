package tasktracker.llm.call;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the calls of models available for injection. */
@ApplicationScoped
public class ModelCallsProducer {

  /** One for the server: it knows which providers keep failing and how many calls each of them has. */
  @Produces
  @Singleton
  ModelCalls calls(CallStore store, ModelHttp http, MeterRegistry meters) {
    return new ModelCalls(store, http, meters);
  }
}
