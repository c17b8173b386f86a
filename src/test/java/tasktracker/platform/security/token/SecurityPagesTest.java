package tasktracker.platform.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.security.account.AccountRow;
import tasktracker.platform.security.account.CurrentUserVariables;
import tasktracker.platform.security.audit.AuditTrail;
import tasktracker.platform.security.session.Sessions;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;

/** The pages of this package, rendered without a server. */
class SecurityPagesTest {

  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private final TemplatePreview showroom = new TemplatePreview();

  private String page(String template, String language, Map<String, ?> model) {
    Map<String, Object> all = new HashMap<>(Map.of("done", "", "refused", "", "me",
        new CurrentUserVariables.Me("Olena", "admin", true, true)));
    all.putAll(model);
    return showroom.render("security/" + template, all, new Preferences(language, "dark", "compact", true));
  }

  private static AccountRow account(String shown, boolean active) {
    return new AccountRow(UUID.randomUUID(), "olena", shown, "reviewer", active, NOW, active ? NOW : null, NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theSignInPageIsTranslated(String language) {
    String html = page("sign-in", language, Map.of("next", "/messages", "name", HOSTILE, "error", "security.in.wrong"));
    assertThat(html).contains("lang=\"" + language + "\"", "name=\"password\"", "value=\"/messages\"", "role=\"alert\"")
        .doesNotContain(HOSTILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theAccountPageListsSessions(String language) {
    var here = new Sessions.OpenSession(UUID.randomUUID(), "10.0.0.7", HOSTILE, NOW, NOW, NOW, true);
    var there = new Sessions.OpenSession(UUID.randomUUID(), "10.0.0.8", null, NOW, NOW, NOW, false);
    String html = page("account", language, Map.of("account", account(HOSTILE, true), "sessions", List.of(here, there),
        "done", "security.done.password"));
    assertThat(html).contains("/account/sessions/" + there.id() + "/end").doesNotContain("/account/sessions/" + here.id())
        .doesNotContain(HOSTILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theAccountsPageListsAccounts(String language) {
    var olena = account(HOSTILE, true);
    var kevin = account("Kevin", false);
    String html = page("accounts", language, Map.of("accounts", List.of(olena, kevin), "mine", olena.id(),
        "refused", "security.refused.account.last"));
    assertThat(html).contains("/system/accounts/" + olena.id() + "/deactivate", "/system/accounts/" + kevin.id() + "/activate",
        "href=\"/system/audit\"").doesNotContain(HOSTILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theTokensPageListsTokens(String language) {
    var good = new ApiTokens.TokenRow(UUID.randomUUID(), HOSTILE, "reader", "olena", "x7Qa", false, NOW, NOW, NOW, "10.0.0.7", "active",
        null, false);
    var ended = new ApiTokens.TokenRow(UUID.randomUUID(), "Old", "admin", "olena", "aaaa", false, NOW, null, null, null, "revoked",
        "password_changed", true);
    var operators = new ApiTokens.TokenRow(UUID.randomUUID(), "ADMIN_TOKEN", "admin", "admin", "", true, NOW, null, null, null, "active",
        null, true);
    String html = page("tokens", language, Map.of("tokens", List.of(good, ended, operators),
        "made", new ApiTokens.CreatedToken(UUID.randomUUID(), "CI", "reader", false, "tt_secret")));
    assertThat(html).contains("tt_secret", "/system/tokens/" + good.id() + "/revoke")
        .contains("name=\"manages_accounts\"", language.equals("uk") ? "пароль змінено" : "password changed")
        .doesNotContain("/system/tokens/" + operators.id()).doesNotContain("/system/tokens/" + ended.id())
        .doesNotContain(HOSTILE);
  }

  @Test
  void anEmptyTokensPageExplainsTokens() {
    Map<String, Object> model = new HashMap<>(Map.of("tokens", List.of()));
    model.put("made", null);
    assertThat(page("tokens", "en", model)).contains("No API tokens yet").doesNotContain("<table");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theAuditPageListsRows(String language) {
    var row = new AuditTrail.AuditRow(UUID.randomUUID(), NOW, null, "olena", "session", "account.added", "account", "7",
        Json.createObjectBuilder().add("name", HOSTILE).build(), null, null);
    Map<String, String> typed = Map.of("actor", HOSTILE, "action", "", "subject_type", "", "subject_id", "", "from", "", "until", "");
    String html = page("audit", language, Map.of("rows", new ArrayList<>(List.of(row)), "typed", typed,
        "older", "/system/audit?before=x", "newest", "", "export", "/system/audit/export.csv?"));
    assertThat(html).contains("account.added", "/system/audit?before=x", "rel=\"next\"").doesNotContain(HOSTILE);
  }
}
