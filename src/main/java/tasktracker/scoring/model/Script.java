package tasktracker.scoring.model;

/** The main script of a text. Each script has its own cue phrases and example sentences. */
public enum Script {
  LATIN,
  CYRILLIC;

  public static Script of(String text) {
    int cyrillic = 0;
    int latin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x400 && c <= 0x52F) {
        cyrillic++;
      } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
        latin++;
      }
    }
    // Tool names and pasted code are Latin in every chat, so a third of Cyrillic letters is enough.
    return cyrillic > 0 && 2 * cyrillic >= latin ? CYRILLIC : LATIN;
  }
}
