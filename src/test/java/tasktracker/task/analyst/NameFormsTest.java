package tasktracker.task.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as others write them. */
class NameFormsTest {

  @ParameterizedTest
  @CsvSource({"Kevin Osei, попроси Кевіна глянути, true", "Kevin Osei, ask kevin, true", "Тарас Коваль, Taras drives, true",
      "Тарас Коваль, Тарасе зроби, true", "Тарас Коваль, Коваля питали, true", "Игорь Левченко, Ihor knows, true",
      "Игорь Левченко, спроси у Игоря, true", "Ганна Їжакевич, Hanna has it, true", "Ганна Їжакевич, Ганні передай, true",
      "Olena Marchuk, Олено дякую, true", "Dmytro Hrytsenko, Дмитре глянь, true", "Юлия Белова, спроси Юлию, true",
      "Kevin Osei, Kelvin drives, false", "Тарас Коваль, тариф новий, false", "Ганна Їжакевич, ганок мокрий, false",
      "Olena Marchuk, the oven, false", "Kevin Osei, @kev check it, true"})
  void aPersonIsFoundByTheFormsOfTheName(String name, String text, boolean isNamed) {
    assertThat(NameForms.areIn(text, new ChatPerson(new UUID(0, 1), name, "kev"))).isEqualTo(isNamed);
  }
}
