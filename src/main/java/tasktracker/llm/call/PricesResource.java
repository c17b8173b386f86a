package tasktracker.llm.call;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;

/** REST resource of the prices of models. */
@RequestScoped
@Path("/api/v1/model-prices")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.REVIEWER)
public class PricesResource {

  /** A price of a model from a day on. */
  public record NewPrice(@Nullable String model, @Nullable LocalDate validFrom, @Nullable BigDecimal inputPerMillion,
      @Nullable BigDecimal outputPerMillion, @Nullable String currency) {}

  @Inject Prices prices;

  @GET
  public List<CallStore.Price> list() {
    return prices.list();
  }

  /** Saves the price of a model; one of the same day is replaced. */
  @PUT
  @Allowed(Role.ADMIN)
  public CallStore.Price save(@Nullable NewPrice body) {
    NewPrice price = RequestReader.body(body);
    return prices.save(price.model(), price.validFrom(), price.inputPerMillion(), price.outputPerMillion(), price.currency());
  }
}
