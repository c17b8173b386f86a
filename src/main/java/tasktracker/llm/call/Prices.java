package tasktracker.llm.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.call.CallStore.Price;
import tasktracker.platform.data.Database;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The prices of models as people entered them. Costs that were recorded stay when a price is changed. */
@ApplicationScoped
public class Prices {

  private static final int MAX_MODEL = 200;
  private static final int MAX_PRICES = 1000;
  private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(100_000);

  private final Database database;
  private final Audit audit;

  @Inject
  public Prices(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** All prices by model, the latest first. */
  public List<Price> list() {
    return database.ask(sql -> sql.createQuery("""
            select model, valid_from, input_per_million, output_per_million, currency from llm_price order by model, valid_from desc""")
        .map(Database.to(Price.class)).list());
  }

  /** The price of a model that is valid now. */
  public Optional<Price> find(String model) {
    return database.ask(sql -> sql.createQuery("""
            select model, valid_from, input_per_million, output_per_million, currency from llm_price
             where model = :model and valid_from <= now() order by valid_from desc limit 1""").bind("model", model)
        .map(Database.to(Price.class)).findOne());
  }

  /** Saves the price of a model from a day on; one of the same day is replaced. @throws Problem 422 when a value is not allowed */
  @Transactional
  public Price save(@Nullable String model, @Nullable LocalDate validFrom, @Nullable BigDecimal input, @Nullable BigDecimal output,
      @Nullable String currency) {
    String name = Objects.requireNonNullElse(model, "").strip();
    require(!name.isEmpty() && name.length() <= MAX_MODEL && validFrom != null && isPrice(input) && isPrice(output)
        && currency != null && currency.matches("[A-Z]{3}"));
    require(list().size() < MAX_PRICES);
    Price price = new Price(name, Objects.requireNonNull(validFrom), Objects.requireNonNull(input), Objects.requireNonNull(output),
        Objects.requireNonNull(currency));
    write(price);
    audit.record("model_price.saved", "model_price", name, Map.of("valid_from", validFrom.toString(), "input", input, "output", output,
        "currency", currency));
    return price;
  }

  private static boolean isPrice(@Nullable BigDecimal price) {
    return price != null && price.signum() >= 0 && price.compareTo(MAX_PRICE) <= 0 && price.scale() <= 6;
  }

  private static void require(boolean isAllowed) {
    if (!isAllowed) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.price.value"));
    }
  }

  private void write(Price price) {
    database.run(sql -> sql.createUpdate("""
            insert into llm_price (model, valid_from, input_per_million, output_per_million, currency)
            values (:model, :validFrom, :inputPerMillion, :outputPerMillion, :currency)
            on conflict (model, valid_from) do update set input_per_million = excluded.input_per_million,
               output_per_million = excluded.output_per_million, currency = excluded.currency""").bindMethods(price).execute());
  }

  /** Deletes a price. @throws Problem 404 */
  @Transactional
  public void delete(String model, LocalDate validFrom) {
    int deleted = database.ask(sql -> sql.createUpdate("delete from llm_price where model = :model and valid_from = :day")
        .bind("model", model).bind("day", validFrom).execute());
    if (deleted == 0) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.price"));
    }
    audit.record("model_price.deleted", "model_price", model, Map.of("valid_from", validFrom.toString()));
  }
}
