package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.person.Speaker;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

class DryRunCounterTest {

  private final DryRunCounter count = new DryRunCounter();

  @Test
  void aFileOfWhichNothingCanBeReadIsRefusedWithTheFirstReason() {
    assertThat(count.refusal()).isEmpty();
    count.skip(unreadable(1));
    count.skip(unreadable(2));
    assertThat(count.refusal()).hasValueSatisfying(why -> assertThat(why).hasMessage("Line 1 is not a single JSON object."));
  }

  @Test
  void aFileOfWhichSomethingCanBeReadIsNotRefused() {
    count.skip(unreadable(1));
    count.skip(new TranscriptEntry.Skipped("deleted", false));
    assertThat(count.refusal()).isEmpty();
    assertThat(count.result().faults()).isEqualTo(1);
  }

  @Test
  void theFirstHundredUnreadablePartsAreListedAndAllAreCounted() {
    for (int i = 1; i <= 150; i++) {
      count.skip(unreadable(i));
    }
    DryRun found = count.result();
    assertThat(found.unreadableParts()).hasSize(100).last()
        .isEqualTo(new DryRun.UnreadablePart("100", "Line 100 is not a single JSON object."));
    assertThat(found.faults()).isEqualTo(150);
    assertThat(found.lines()).isEqualTo(150);
  }

  @Test
  void aPersonIsListedByTheNameThatIsToldNotByOneThatStandsIn() {
    count.count(List.of(said("1", Speaker.DELETED), said("2", "Real Name"), said("3", Speaker.DELETED)), Set.of());
    assertThat(count.result().topAuthors()).containsExactly(new DryRun.AuthorCount("Real Name", 3));
  }

  private static TranscriptEntry.Unreadable unreadable(int line) {
    return new TranscriptEntry.Unreadable(String.valueOf(line),
        UnreadableFile.broken(LocalizedMessage.of("problem.file.line.object", String.valueOf(line))));
  }

  private static IncomingMessage said(String id, String name) {
    return new IncomingMessage(new ChatRef("group:1", ChatKind.GROUP, "Team"), id, Speaker.named("user:1", name), Instant.EPOCH, null,
        MessageKind.TEXT, "hello",
        List.of(), null, null, null, null, null, List.of());
  }
}
