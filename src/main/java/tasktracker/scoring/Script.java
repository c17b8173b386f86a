package tasktracker.scoring;

/** The script a text is mostly written in: what it means is judged by words and examples of that script. */
public enum Script {
  LATIN,
  CYRILLIC;

  static Script of(String text) {
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
    // Names of tools and pasted code are Latin in any chat, so a third of Cyrillic letters is enough.
    return cyrillic > 0 && 2 * cyrillic >= latin ? CYRILLIC : LATIN;
  }
}
