package tasktracker.llm.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.call.CallFailure.Kind;
import tasktracker.llm.provider.ProviderSettings;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/** The record of calls, which is also the account of the budgets. Each method is one transaction. */
@ApplicationScoped
public class CallStore {

  /** A call whose server ended does not hold its reservation longer than this beyond the timeout. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  /** A call as pages and the API show it. */
  public record Call(UUID id, UUID providerId, String providerName, String model, String purpose, String status,
      @Nullable String errorKind, long promptTokens, long outputTokens, @Nullable BigDecimal cost, @Nullable String currency,
      @Nullable Integer millis, Instant startedAt) {}

  private final Database database;

  @Inject
  public CallStore(Database database) {
    this.database = database;
  }

  /**
   * Records the beginning of a call and reserves its tokens.
   *
   * @return the id of the call
   * @throws CallFailure when the budget of the day does not have so many tokens left
   */
  @Transactional
  public UUID begin(ProviderSettings provider, ModelRequest request) {
    return database.ask(sql -> {
      if (provider.dailyTokenBudget() > 0 && lockRemaining(sql, provider) < request.reservedTokens()) {
        throw new CallFailure(Kind.BUDGET, "The budget of the day is spent");
      }
      return insert(sql, provider, request);
    });
  }

  private static UUID insert(Handle sql, ProviderSettings provider, ModelRequest request) {
    UUID id = Ids.next();
    sql.createUpdate("""
            insert into llm_call (id, provider_id, provider_name, model, purpose, status, reserved_tokens)
            values (:id, :provider, :name, :model, :purpose, 'running', :reserved)""")
        .bind("id", id).bind("provider", provider.id()).bind("name", provider.name()).bind("model", request.model())
        .bind("purpose", request.purpose()).bind("reserved", request.reservedTokens()).execute();
    return id;
  }

  /**
   * Locks the budget of the day, so that calls that begin at once do not reserve the same tokens. A call that ends waits for
   * the lock too, so its tokens are counted either as used or as reserved.
   */
  private static long lockRemaining(Handle sql, ProviderSettings provider) {
    sql.createUpdate("""
            insert into llm_budget (provider_id, day) values (:provider, (now() at time zone 'UTC')::date) on conflict do nothing""")
        .bind("provider", provider.id()).execute();
    long used = sql.createQuery("""
            select tokens from llm_budget where provider_id = :provider and day = (now() at time zone 'UTC')::date for update""")
        .bind("provider", provider.id()).mapTo(Long.class).one();
    long reserved = sql.createQuery("""
            select coalesce(sum(reserved_tokens), 0) from llm_call
             where provider_id = :provider and status = 'running' and started_at > now() - make_interval(secs => :seconds)""")
        .bind("provider", provider.id()).bind("seconds", provider.timeoutSeconds() + GRACE.toSeconds()).mapTo(Long.class).one();
    return provider.dailyTokenBudget() - used - reserved;
  }

  /** Tokens that are left of today's budget; empty when there is no limit. */
  @Transactional
  public Optional<Long> left(ProviderSettings provider) {
    return provider.dailyTokenBudget() == 0
        ? Optional.empty()
        : Optional.of(Math.max(0L, database.<Long>ask(sql -> lockRemaining(sql, provider))));
  }

  /**
   * Records the end of a call. An answer without a count of tokens counts as all that was reserved, also when it could not be
   * used; a call that failed before the model answered costs nothing.
   */
  @Transactional
  public void end(UUID id, @Nullable ModelAnswer answer, @Nullable CallFailure failure, Duration took) {
    database.run(sql -> sql.createUpdate("""
            with ended as (
              update llm_call c set status = :status, error_kind = :error, prompt_tokens = :prompt, output_tokens = :output, millis = :millis,
                  ended_at = now(), cost = p.cost, currency = p.currency
                from (select (select (:prompt * input_per_million + :output * output_per_million) / 1000000 from llm_price
                               where model = k.model and valid_from <= now() order by valid_from desc limit 1) as cost,
                             (select currency from llm_price
                               where model = k.model and valid_from <= now() order by valid_from desc limit 1) as currency
                        from llm_call k where k.id = :id) p
               where c.id = :id and c.status = 'running'
              returning c.provider_id, case when :free then 0
                                            when c.prompt_tokens + c.output_tokens = 0 then c.reserved_tokens
                                            else c.prompt_tokens + c.output_tokens end as tokens)
            insert into llm_budget as b (provider_id, day, tokens, calls)
            select provider_id, (now() at time zone 'UTC')::date, tokens, 1 from ended
            on conflict (provider_id, day) do update set tokens = b.tokens + excluded.tokens, calls = b.calls + 1""")
        .bind("id", id).bind("status", failure == null ? "ok" : "failed").bind("error", failure == null ? null : failure.kind().wire())
        .bind("prompt", answer == null ? 0 : answer.promptTokens()).bind("output", answer == null ? 0 : answer.outputTokens())
        .bind("free", failure != null && !failure.isAnswered()).bind("millis", (int) Math.min(Integer.MAX_VALUE, took.toMillis()))
        .execute());
  }

  /** Lists the newest calls. */
  public List<Call> list(int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id, provider_id, provider_name, model, purpose, status, error_kind, prompt_tokens, output_tokens, cost, currency, millis,
                   started_at from llm_call order by started_at desc, id desc limit :limit""")
        .bind("limit", limit).map(Database.to(Call.class)).list());
  }
}
