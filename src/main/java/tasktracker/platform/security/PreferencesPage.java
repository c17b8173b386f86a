package tasktracker.platform.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.ViewWriter;

/** Changes how pages look: kept with the account, and in a cookie for the pages before it is known who looks. */
@RequestScoped
@Path("/preferences")
public class PreferencesPage {

  @Inject Accounts accounts;
  @Inject Identity identity;
  @Inject CrossOriginProtection origins;
  @Context HttpServletRequest request;
  @Context HttpServletResponse response;

  /** Changes what is given, leaves the rest, and goes back. */
  @POST
  @Public
  @RateLimited(RateLimits.Limit.VISITOR)
  public Response change(@FormParam("language") @Nullable String language, @FormParam("theme") @Nullable String theme,
      @FormParam("density") @Nullable String density, @FormParam("shortcuts") @Nullable String shortcuts,
      @FormParam("back") @Nullable String back) {
    Optional<Caller> person = identity.caller().filter(c -> c.how() == Caller.How.SESSION);
    Preferences now = person.map(Caller::preferences).orElseGet(() -> (Preferences) request.getAttribute(ViewWriter.PREFERENCES));
    Preferences then = new Preferences(or(language, now.language()), or(theme, now.theme()), or(density, now.density()),
        shortcuts == null ? now.shortcuts() : shortcuts.equals("true"));
    person.ifPresent(caller -> accounts.prefer(caller.accountId(), then));
    Cookies.remember(request, response, then);
    return Response.seeOther(LocalUrl.parse(wayBack(request.getHeader("Referer"), back))).build();
  }

  /** Filters change the address after the page was rendered: the browser knows it, the form may not. */
  String wayBack(@Nullable String referer, @Nullable String back) {
    String place = referer != null && origins.isOwn(referer, request) ? LocalAddress.within(referer) : back;
    boolean isSignIn = place != null && place.split("\\?", 2)[0].equals("/sign-in") && !LocalAddress.isElsewhere(place);
    return isSignIn ? place : LocalAddress.orStart(place);
  }

  private static String or(@Nullable String given, String now) {
    return Optional.ofNullable(given).orElse(now);
  }
}
