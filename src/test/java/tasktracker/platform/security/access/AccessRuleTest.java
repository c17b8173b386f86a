package tasktracker.platform.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.account.Account;
import tasktracker.platform.web.problem.Problem;

class AccessRuleTest {

  @Test
  void aRoleIncludesTheLowerRoles() {
    assertThat(Role.ADMIN.includes(Role.REVIEWER)).isTrue();
    assertThat(Role.REVIEWER.includes(Role.READER)).isTrue();
    assertThat(Role.READER.includes(Role.REVIEWER)).isFalse();
    assertThat(Role.ADMIN.atMost(Role.READER)).isEqualTo(Role.READER);
    assertThat(Role.READER.atMost(Role.ADMIN)).isEqualTo(Role.READER);
    assertThat(Role.of("admin")).contains(Role.ADMIN);
    assertThat(Role.of("ADMIN")).isEmpty();
    assertThat(Role.of(null)).isEmpty();
  }

  static class Unmarked {
    @GET
    public void read() {}

    @DELETE
    public void change() {}

    public void neither() {}
  }

  @Allowed(Role.ADMIN)
  static class ForAdmins {
    public void any() {}

    @Allowed(Role.READER)
    public void forAll() {}
  }

  @Test
  void byDefaultReadingNeedsAReaderAndChangingAReviewer() throws NoSuchMethodException {
    assertThat(AccessRule.of(Unmarked.class.getMethod("read"), Unmarked.class).role()).isEqualTo(Role.READER);
    assertThat(AccessRule.of(Unmarked.class.getMethod("change"), Unmarked.class).role()).isEqualTo(Role.REVIEWER);
    assertThat(AccessRule.of(Unmarked.class.getMethod("neither"), Unmarked.class).role()).isEqualTo(Role.REVIEWER);
    assertThat(AccessRule.of(Unmarked.class.getMethod("read"), Unmarked.class).isPublic()).isFalse();
  }

  @Test
  void anAnnotationOfTheMethodOverridesThatOfTheClass() throws NoSuchMethodException {
    assertThat(AccessRule.of(ForAdmins.class.getMethod("any"), ForAdmins.class).role()).isEqualTo(Role.ADMIN);
    assertThat(AccessRule.of(ForAdmins.class.getMethod("forAll"), ForAdmins.class).role()).isEqualTo(Role.READER);
  }

  @Test
  void signInNamesAreNormalized() {
    var account = new Account("  Олена ", "Олена Коваль", Role.READER, "hash", Instant.EPOCH);
    assertThat(account.name()).isEqualTo("олена");
    assertThat(account.displayName()).isEqualTo("Олена Коваль");
    assertThat(Account.normalizeName("ОЛЕНА")).contains("олена");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "<script>", "=cmd|'/c calc'!A0", "a\u0000b", "-olena", "a/b"})
  void anInvalidSignInNameIsRefused(String name) {
    assertThatThrownBy(() -> new Account(name, "Olena", Role.READER, "hash", Instant.EPOCH)).isInstanceOf(Problem.class);
  }

  @Test
  void aDisplayNameIsOneLine() {
    assertThatThrownBy(() -> new Account("olena", "Olena\nadmin", Role.READER, "hash", Instant.EPOCH)).isInstanceOf(Problem.class);
  }
}
