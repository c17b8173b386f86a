package tasktracker.scoring;

import java.util.List;

/**
 * Something a person has labelled: one message, or a dialogue of several.
 *
 * @param group what must not be torn apart when a set is split, such as a meeting; may be empty
 */
record LabelledExample(List<String> texts, boolean label, String group) {

  int length() {
    return texts.stream().mapToInt(String::length).sum();
  }
}
