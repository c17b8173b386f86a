package tasktracker.harness;

/** A text that counts reads of its characters, which measures the work of regular expressions. */
public final class CountedText implements CharSequence {

  private final CharSequence text;
  private final long[] reads;

  public CountedText(String text) {
    this(text, new long[1]);
  }

  private CountedText(CharSequence text, long[] reads) {
    this.text = text;
    this.reads = reads;
  }

  /** How many characters were read so far, in this text and its parts. */
  public long reads() {
    return reads[0];
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    reads[0]++;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new CountedText(text.subSequence(start, end), reads);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
