package tasktracker.llm.call;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.provider.ProviderItem;
import tasktracker.llm.provider.Providers;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;

/** The page of the calls of language models, and of today's budgets. */
@RequestScoped
@Path("/providers/calls")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class CallsPage {

  private static final int ROWS = 50;
  private static final int ALL = 1000;
  @Inject CallStore calls;
  @Inject Providers providers;

  /** What a provider used today of its budget. */
  public record Budget(ProviderItem provider, CallStore.Today today, List<CallStore.Cost> costs) {

    /** Used and reserved tokens. */
    public long used() {
      return today.tokens() + today.reserved();
    }

    public boolean isLimited() {
      return provider.dailyTokenBudget() > 0;
    }

    /** Whether no further call is made today. */
    public boolean isSpent() {
      return isLimited() && used() >= provider.dailyTokenBudget();
    }

    /** The costs in one line; empty when no price is known. */
    public String costText() {
      return costs.stream().map(cost -> CallStore.Cost.text(cost.amount(), cost.currency())).collect(Collectors.joining(", "));
    }
  }

  @GET
  @QueryParameters({"provider_id", "status", "before"})
  public View show(@BeanParam Query query) {
    UUID provider = query.id("provider_id");
    String status = query.one("status", CallStore.STATUSES, "");
    UUID before = query.id("before");
    List<CallStore.Call> found = calls.list(provider, status.isEmpty() ? null : status, before, ROWS + 1);
    List<CallStore.Call> shown = found.subList(0, Math.min(ROWS, found.size()));
    Map<String, Object> model = new HashMap<>(Map.of("calls", shown, "budgets", budgets(), "status", status,
        "statuses", CallStore.STATUSES.stream().sorted().toList(), "provider", Objects.toString(provider, "")));
    model.put("older", found.size() > ROWS ? address(query, shown.getLast().id()) : "");
    model.put("newest", before == null ? "" : address(query, null));
    return View.page("provider/calls", model);
  }

  private static String address(Query query, @Nullable UUID before) {
    var address = query.address("/providers/calls");
    return (before == null ? address.without("before") : address.with("before", before)).toString();
  }

  private List<Budget> budgets() {
    Map<UUID, CallStore.Today> today = calls.today();
    Map<UUID, List<CallStore.Cost>> costs = calls.costsOfToday().stream().collect(Collectors.groupingBy(CallStore.Cost::providerId));
    return providers.list(false, ALL, 0, Locale.ENGLISH).stream().filter(provider -> !provider.builtIn())
        .map(provider -> new Budget(provider, today.getOrDefault(provider.id(), CallStore.Today.none(provider.id())),
            costs.getOrDefault(provider.id(), List.of())))
        .toList();
  }
}
