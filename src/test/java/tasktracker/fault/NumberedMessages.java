package tasktracker.fault;

import java.util.List;

/** Texts of test messages, each with a number, so that all are different. */
final class NumberedMessages {
  private static final List<String> PEOPLE = List.of("Olena", "Kevin", "Тарас", "Maria", "Dmytro");
  private static final List<String> SAYINGS = List.of(
      "The payment page answers 500 since the release, case %d", "ок %d", "We decided to move the launch to Friday, vote %d",
      "Хто подивиться помилку в міграції %d?", "lol %d", "I will send the report number %d by Thursday",
      "База даних впала вночі, інцидент %d", "+%d", "Can somebody review pull request %d before noon?",
      "Дякую %d разів!");

  private NumberedMessages() {}

  static String text(long number) {
    return SAYINGS.get((int) (number % SAYINGS.size())).formatted(number);
  }

  static String name(long number) {
    return PEOPLE.get((int) (number % PEOPLE.size()));
  }

  static long person(long number) {
    return 5_000 + number % PEOPLE.size();
  }
}
