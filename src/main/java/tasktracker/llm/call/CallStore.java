package tasktracker.llm.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
      @Nullable Integer millis, Instant startedAt) {

    /** The cost with its currency; empty when the price of the model is unknown. */
    public String costText() {
      return cost == null || currency == null ? "" : Cost.text(cost, currency);
    }

    /** The kind of the badge of its state. */
    public String badge() {
      return switch (status) {
        case "ok" -> "ok";
        case "failed" -> "bad";
        default -> "info";
      };
    }
  }

  /** The states of calls. */
  public static final Set<String> STATUSES = Set.of("running", "ok", "failed");

  /**
   * A price of a model.
   *
   * @param validFrom the day, in UTC, from which it is valid until the next price of the model
   * @param currency three capital letters
   */
  public record Price(String model, LocalDate validFrom, BigDecimal inputPerMillion, BigDecimal outputPerMillion, String currency) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** The price of prompts with its currency. */
    public String inputText() {
      return inputPerMillion.stripTrailingZeros().toPlainString() + " " + currency;
    }

    /** The price of answers with its currency. */
    public String outputText() {
      return outputPerMillion.stripTrailingZeros().toPlainString() + " " + currency;
    }

    /** What so many tokens cost. */
    public BigDecimal of(long promptTokens, long outputTokens) {
      return inputPerMillion.multiply(BigDecimal.valueOf(promptTokens)).add(outputPerMillion.multiply(BigDecimal.valueOf(outputTokens)))
          .divide(MILLION, 8, RoundingMode.HALF_UP);
    }
  }

  /**
   * What a provider used today.
   *
   * @param reserved tokens that calls hold that are not ended
   */
  public record Today(UUID providerId, long tokens, long reserved, long calls, long failed) {

    /** A provider that was not called. */
    public static Today none(UUID provider) {
      return new Today(provider, 0, 0, 0, 0);
    }
  }

  /** What the calls of a day cost in one currency. */
  public record Cost(UUID providerId, String currency, BigDecimal amount) {

    private static final MathContext SHOWN = new MathContext(3, RoundingMode.HALF_UP);

    /** An amount with three significant digits, or two decimals from 1 on. */
    public static String text(BigDecimal amount, String currency) {
      BigDecimal rounded = amount.compareTo(BigDecimal.ONE) >= 0 ? amount.setScale(2, RoundingMode.HALF_UP) : amount.round(SHOWN);
      return rounded.stripTrailingZeros().toPlainString() + " " + currency;
    }
  }

  /** What was recorded at the end of a call. */
  public record Ended(@Nullable BigDecimal cost, @Nullable String currency) {

    static final Ended NOTHING = new Ended(null, null);
  }

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
   * Records the end of a call. An answer without a count of tokens counts as all that was reserved, and its cost is unknown,
   * also when it could not be used or did not come in time; a call that failed before the model answered costs nothing.
   *
   * @return its cost, when the price of the model is known
   */
  @Transactional
  public Ended end(UUID id, @Nullable ModelAnswer answer, @Nullable CallFailure failure, Duration took) {
    return database.ask(sql -> sql.createQuery("""
            with ended as (
              update llm_call c set status = :status, error_kind = :error, prompt_tokens = :prompt, output_tokens = :output, millis = :millis,
                  ended_at = now(), cost = case when :free or :prompt + :output > 0 then p.cost end, currency = p.currency
                from (select (select (:prompt * input_per_million + :output * output_per_million) / 1000000 from llm_price
                               where model = k.model and valid_from <= now() order by valid_from desc limit 1) as cost,
                             (select currency from llm_price
                               where model = k.model and valid_from <= now() order by valid_from desc limit 1) as currency
                        from llm_call k where k.id = :id) p
               where c.id = :id and c.status = 'running'
              returning c.provider_id, c.cost, c.currency, case when :free then 0
                                            when c.prompt_tokens + c.output_tokens = 0 then c.reserved_tokens
                                            else c.prompt_tokens + c.output_tokens end as tokens)
            insert into llm_budget as b (provider_id, day, tokens, calls)
            select provider_id, (now() at time zone 'UTC')::date, tokens, 1 from ended
            on conflict (provider_id, day) do update set tokens = b.tokens + excluded.tokens, calls = b.calls + 1
            returning (select cost from ended) as cost, (select currency from ended) as currency""")
        .bind("id", id).bind("status", failure == null ? "ok" : "failed").bind("error", failure == null ? null : failure.kind().wire())
        .bind("prompt", answer != null ? answer.promptTokens() : failure == null ? 0 : failure.promptTokens())
        .bind("output", answer != null ? answer.outputTokens() : failure == null ? 0 : failure.outputTokens())
        .bind("free", failure != null && !failure.isCharged()).bind("millis", (int) Math.min(Integer.MAX_VALUE, took.toMillis()))
        .map(Database.to(Ended.class)).findOne()).orElse(Ended.NOTHING);
  }

  /** Lists the newest calls. */
  public List<Call> list(int limit) {
    return list(null, null, null, limit);
  }

  /**
   * Lists calls, newest first.
   *
   * @param provider only its calls, or null
   * @param status {@code running}, {@code ok} or {@code failed}, or null
   * @param before only calls that began before this one, or null
   */
  public List<Call> list(@Nullable UUID provider, @Nullable String status, @Nullable UUID before, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id, provider_id, provider_name, model, purpose, status, error_kind, prompt_tokens, output_tokens, cost, currency, millis,
                   started_at
              from llm_call
             where (cast(:provider as uuid) is null or provider_id = :provider) and (cast(:status as text) is null or status = :status)
               and (cast(:before as uuid) is null
                    or (started_at, id) < (select started_at, id from llm_call where id = cast(:before as uuid)))
             order by started_at desc, id desc limit :limit""")
        .bindByType("provider", provider, UUID.class).bind("status", status).bindByType("before", before, UUID.class).bind("limit", limit)
        .map(Database.to(Call.class)).list());
  }

  /** What each provider used today, in UTC. */
  public Map<UUID, Today> today() {
    return database.ask(sql -> sql.createQuery("""
            select c.provider_id, coalesce(max(b.tokens), 0) as tokens,
                   coalesce(sum(c.reserved_tokens) filter (where c.status = 'running'), 0)::bigint as reserved, count(*) as calls,
                   count(*) filter (where c.status = 'failed') as failed
              from llm_call c left join llm_budget b on b.provider_id = c.provider_id and b.day = (now() at time zone 'UTC')::date
             where c.started_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' group by c.provider_id""")
        .map(Database.to(Today.class)).list()).stream().collect(Collectors.toMap(Today::providerId, today -> today));
  }

  /** What the calls of today cost; calls of models without a price are not among them. */
  public List<Cost> costsOfToday() {
    return database.ask(sql -> sql.createQuery("""
            select provider_id, currency, sum(cost) as amount from llm_call
             where started_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' and cost is not null
             group by provider_id, currency order by provider_id, currency""").map(Database.to(Cost.class)).list());
  }

  /** Deletes calls that began before this time. Budgets of earlier days go with them. */
  @Transactional
  public int deleteBefore(Instant time) {
    return database.ask(sql -> {
      sql.createUpdate("delete from llm_budget where day < (cast(:time as timestamptz) at time zone 'UTC')::date").bind("time", time)
          .execute();
      return sql.createUpdate("delete from llm_call where started_at < :time").bind("time", time).execute();
    });
  }
}
