package tasktracker.search;

/** The edit distance of two words: insertions, deletions, substitutions and transpositions. */
final class EditDistance {

  private EditDistance() {}

  /** The optimal string alignment distance, in UTF-16 code units. */
  static int compute(String one, String other) {
    int[] secondPreviousRow = new int[other.length() + 1];
    int[] previousRow = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previousRow[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int substitution = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], previousRow[j]) + 1, previousRow[j - 1] + substitution);
        if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1)) {
          row[j] = Math.min(row[j], secondPreviousRow[j - 2] + 1);
        }
      }
      secondPreviousRow = previousRow;
      previousRow = row;
    }
    return previousRow[other.length()];
  }
}
