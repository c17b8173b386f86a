package tasktracker.scoring;

import java.util.List;

/**
 * A labelled message, or a labelled dialogue of several messages.
 *
 * @param group the group that is kept together when a set is split, such as a meeting; may be empty
 */
record LabelledExample(List<String> texts, boolean label, String group) {

  int length() {
    return texts.stream().mapToInt(String::length).sum();
  }
}
