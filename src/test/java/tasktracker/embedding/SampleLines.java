package tasktracker.embedding;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Generated chat messages with a realistic distribution of lengths; always the same ones. */
public final class SampleLines {

  private static final List<String> WORDS = List
      .of(("the login page is broken since last deploy can you review my pull request we decided to "
          + "move release friday database migration failed on staging who owns this ticket thanks looks good build red again tests are "
          + "flaky please restart server customer asks for export as csv meeting at noon report attached new version fixes crash when "
          + "session cookie expires token refresh timeout retry queue worker memory index search slow query plan reviewers agree "
          + "помилка в міграції бази реліз перенесли на п'ятницю дякую перевірте будь ласка сервер впав").split(" "));

  private SampleLines() {}

  /** That many lines, 3 to 25 words each. */
  public static List<String> of(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(line -> IntStream.range(0, 3 + random.nextInt(23))
        .mapToObj(word -> WORDS.get(random.nextInt(WORDS.size()))).collect(Collectors.joining(" "))).toList();
  }
}
