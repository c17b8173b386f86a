package tasktracker.platform.security.account;

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
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Public;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.request.Cookies;
import tasktracker.platform.security.request.CrossOriginProtection;
import tasktracker.platform.security.request.LocalAddress;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.template.ViewWriter;

/** Changes preferences of the interface. They are stored in the account, and in a cookie for pages without a sign-in. */
@RequestScoped
@Path("/preferences")
public class PreferencesPage {

  @Inject Accounts accounts;
  @Inject Identity identity;
  @Inject CrossOriginProtection origins;
  @Context HttpServletRequest request;
  @Context HttpServletResponse response;

  /** Changes the given preferences and redirects back. */
  @POST
  @Public
  @RateLimited(RateLimits.Limit.VISITOR)
  public Response change(@FormParam("language") @Nullable String language, @FormParam("theme") @Nullable String theme,
      @FormParam("density") @Nullable String density, @FormParam("shortcuts") @Nullable String shortcuts,
      @FormParam("back") @Nullable String back) {
    Optional<Caller> person = identity.caller().filter(c -> c.how() == Caller.How.SESSION);
    Preferences current = person.map(Caller::preferences).orElseGet(() -> (Preferences) request.getAttribute(ViewWriter.PREFERENCES));
    Preferences changed = new Preferences(or(language, current.language()), or(theme, current.theme()), or(density, current.density()),
        shortcuts == null ? current.shortcuts() : shortcuts.equals("true"));
    person.ifPresent(caller -> accounts.setPreferences(caller.accountId(), changed));
    Cookies.savePreferences(request, response, changed);
    return Response.seeOther(LocalUrl.parse(redirectTarget(request.getHeader("Referer"), back))).build();
  }

  /** The referer is preferred, because filters change the URL after the form was rendered. */
  String redirectTarget(@Nullable String referer, @Nullable String back) {
    String target = referer != null && origins.isOwn(referer, request) ? LocalAddress.pathOf(referer) : back;
    return target != null && isSignIn(target) ? target : LocalAddress.orHome(target);
  }

  private static boolean isSignIn(String target) {
    return target.split("\\?", 2)[0].equals("/sign-in") && !LocalAddress.isExternal(target);
  }

  private static String or(@Nullable String given, String current) {
    return Optional.ofNullable(given).orElse(current);
  }
}
