package tasktracker.llm.call;

import tasktracker.llm.provider.ProviderSettings;

/** Asks one kind of provider, once: without retries, budgets and failover. Thread-safe. */
interface ModelClient {

  /** @throws CallFailure when there is no usable answer */
  ModelAnswer ask(ProviderSettings provider, ModelRequest request);
}
