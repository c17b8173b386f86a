package tasktracker.knowledge.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.knowledge.atom.EvidenceQuote;

/** A quote is followed through edits of its message. */
class EvidenceUpdatesTest {

  private static final EvidenceQuote QUOTE = quote("we ship on Friday", 6, "valid");

  private static EvidenceQuote quote(String text, int at, String state) {
    return new EvidenceQuote(new UUID(1, 1), 0, new UUID(2, 2), 1, at, at + text.length(), text, state, "Olena", Instant.EPOCH);
  }

  private static EvidenceQuote check(EvidenceQuote quote, String content) {
    return EvidenceUpdates.check(quote, content, 2);
  }

  @Test
  void anEditElsewhereKeepsTheQuoteInItsPlace() {
    assertThat(check(QUOTE, "Hello we ship on Friday, hurray")).satisfies(quote -> {
      assertThat(quote.isValid()).isTrue();
      assertThat(quote.revision()).isEqualTo(2);
      assertThat(quote.startAt()).isEqualTo(6);
    });
  }

  @Test
  void theSecondOfTwoEqualPlacesIsKept() {
    EvidenceQuote second = quote("ok", 10, "valid");
    assertThat(check(second, "ok and yes ok").startAt()).isEqualTo(0);
    assertThat(check(second, "ok and yesok").startAt()).isEqualTo(10);
  }

  @Test
  void aMovedQuoteIsFoundAtItsNewPlace() {
    EvidenceQuote moved = check(QUOTE, "As agreed we ship on Friday");
    assertThat("As agreed we ship on Friday".substring(moved.startAt(), moved.endAt())).isEqualTo(QUOTE.quote());
    assertThat(moved.isValid()).isTrue();
  }

  @Test
  void wordsThatAreGoneMakeTheQuoteChangedNotItsText() {
    assertThat(check(QUOTE, "Hello we ship on Monday")).satisfies(quote -> {
      assertThat(quote.state()).isEqualTo("changed");
      assertThat(quote.quote()).isEqualTo("we ship on Friday");
      assertThat(quote.revision()).as("the revision that says it").isEqualTo(1);
    });
    assertThat(check(QUOTE, "").state()).isEqualTo("changed");
  }

  @Test
  void wordsThatComeBackAreValidAgain() {
    assertThat(check(quote("we ship on Friday", 6, "changed"), "Hello we ship on Friday").isValid()).isTrue();
    assertThat(check(quote("we ship on Friday", 6, "deleted"), "Hello we ship on Friday").isValid()).isTrue();
  }
}
