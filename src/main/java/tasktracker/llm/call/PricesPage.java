package tasktracker.llm.call;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** The page of the prices of models. Reviewers see it; administrators change them. */
@RequestScoped
@Path("/providers/prices")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class PricesPage {

  private static final URI HERE = URI.create("/providers/prices");
  private static final List<String> FIELDS = List.of("model", "valid_from", "input", "output", "currency");
  @Inject Prices prices;
  @Inject Identity identity;
  @Context HttpServletRequest request;

  @GET
  public View show() {
    return page(Map.of("model", "", "valid_from", LocalDate.now(java.time.ZoneOffset.UTC).toString(), "input", "", "output", "",
        "currency", "USD"), "");
  }

  private View page(Map<String, String> typed, String error) {
    return View.page("provider/prices",
        Map.of("prices", prices.list(), "typed", typed, "error", error, "may", identity.may(Role.ADMIN)));
  }

  @POST
  @Allowed(Role.ADMIN)
  public Response save(MultivaluedMap<String, String> fields) {
    Map<String, String> typed = new HashMap<>();
    FIELDS.forEach(field -> typed.put(field, Objects.requireNonNullElse(fields.getFirst(field), "").strip()));
    try {
      prices.save(typed.get("model"), day(typed.get("valid_from")), number(typed.get("input")), number(typed.get("output")),
          typed.get("currency"));
      return Response.seeOther(HERE).build();
    } catch (Problem refused) {
      return Response.status(refused.status()).entity(page(typed, refused.detail(Preferences.of(request).locale()))).build();
    }
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** A comma is a decimal point too; null when it is no number. */
  private static @Nullable BigDecimal number(@Nullable String text) {
    String plain = text == null ? "" : text.replace(',', '.');
    return plain.matches("\\d{1,6}(\\.\\d{1,6})?") ? new BigDecimal(plain) : null;
  }

  @POST
  @Path("delete")
  @Allowed(Role.ADMIN)
  public Response delete(@FormParam("model") @DefaultValue("") String model, @FormParam("valid_from") @DefaultValue("") String validFrom) {
    LocalDate day = day(validFrom);
    if (day != null) {
      prices.delete(model, day);
    }
    return Response.seeOther(HERE).build();
  }
}
