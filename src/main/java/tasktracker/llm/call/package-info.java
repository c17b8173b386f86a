/** Calls of language models: adapters of the providers, budgets, retries, failover, and the record of calls. */
@NullMarked
package tasktracker.llm.call;

import org.jspecify.annotations.NullMarked;
