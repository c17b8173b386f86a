package tasktracker.platform.ai;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * WordPiece tokenizer of uncased English BERT models.
 *
 * <p>It replaces the common native tokenizer library of 18 MB, which looks for a graphics card, unpacks itself into the
 * home directory and cannot be loaded twice by a server that reloads an application. A test compares their tokens.
 */
final class WordPieceTokenizer {

  private static final String VOCABULARY = "/bert-vocabulary-en.txt";
  private static final int MAX_WORD_LENGTH = 100;

  private final Map<String, Integer> ids;
  private final int unknown;
  private final int start;
  private final int end;

  private WordPieceTokenizer(Map<String, Integer> ids) {
    this.ids = ids;
    this.unknown = special(ids, "[UNK]");
    this.start = special(ids, "[CLS]");
    this.end = special(ids, "[SEP]");
  }

  private static int special(Map<String, Integer> ids, String token) {
    return Objects.requireNonNull(ids.get(token), () -> "The vocabulary has no " + token);
  }

  static WordPieceTokenizer load() {
    try (InputStream in = WordPieceTokenizer.class.getResourceAsStream(VOCABULARY)) {
      Map<String, Integer> ids = HashMap.newHashMap(30_522);
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().forEach(t -> ids.put(t, ids.size()));
      return new WordPieceTokenizer(ids);
    } catch (IOException e) {
      throw new UncheckedIOException("The vocabulary of the embedding model cannot be read", e);
    }
  }

  /**
   * The token ids of a text, between the start and end tokens.
   *
   * @param maxTokens maximum number of tokens, including start and end; a longer text is truncated
   */
  long[] encode(String text, int maxTokens) {
    Pieces pieces = new Pieces(maxTokens);
    String clean = normalize(text);
    int word = -1;
    for (int at = 0; at < clean.length() && !pieces.isFull();) {
      int c = clean.codePointAt(at);
      int next = at + Character.charCount(c);
      boolean isSeparateWord = isPunctuation(c) || isIdeograph(c);
      if (word >= 0 && (isSeparateWord || Character.isWhitespace(c) || Character.isSpaceChar(c))) {
        pieces.addWord(clean.substring(word, at));
        word = -1;
      }
      if (isSeparateWord) {
        pieces.addWord(clean.substring(at, next));
      } else if (word < 0 && !Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        word = at;
      }
      at = next;
    }
    if (word >= 0) {
      pieces.addWord(clean.substring(word));
    }
    return pieces.finish();
  }

  private static String normalize(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().filter(c -> c != 0xFFFD && (isBlank(c) || !isControl(c))).forEach(c -> clean.appendCodePoint(isBlank(c) ? ' ' : c));
    StringBuilder bare = new StringBuilder(clean.length());
    Normalizer.normalize(clean, Normalizer.Form.NFD).codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK).map(Character::toLowerCase)
        .forEach(bare::appendCodePoint);
    return bare.toString();
  }

  private static boolean isBlank(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> false;
    };
  }

  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION,
          Character.END_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
        true;
      default -> false;
    };
  }

  /** Each Chinese character is a word of its own. */
  private static boolean isIdeograph(int c) {
    return c >= 0x4E00 && c <= 0x9FFF || c >= 0x3400 && c <= 0x4DBF || c >= 0x20000 && c <= 0x2CEAF
        || c >= 0xF900 && c <= 0xFAFF || c >= 0x2F800 && c <= 0x2FA1F;
  }

  /** Collects token ids. */
  private final class Pieces {
    private final int maxTokens;
    private long[] tokens = new long[32];
    private int size;

    Pieces(int maxTokens) {
      this.maxTokens = maxTokens;
      add(start);
    }

    boolean isFull() {
      return size >= maxTokens - 1;
    }

    /** Adds the longest known pieces of a word; a word with an unknown rest becomes the unknown token. */
    void addWord(String word) {
      int before = size;
      int from = word.codePointCount(0, word.length()) > MAX_WORD_LENGTH ? -1 : 0;
      while (from >= 0 && from < word.length()) {
        from = addLongest(word, from);
      }
      if (from < 0) {
        size = before;
        add(unknown);
      }
    }

    private int addLongest(String word, int from) {
      for (int to = word.length(); to > from; to--) {
        Integer id = ids.get(from == 0 ? word.substring(0, to) : "##" + word.substring(from, to));
        if (id != null) {
          add(id);
          return to;
        }
      }
      return -1;
    }

    private void add(int id) {
      if (size == tokens.length) {
        tokens = Arrays.copyOf(tokens, size * 2);
      }
      tokens[size++] = id;
    }

    long[] finish() {
      size = Math.min(size, maxTokens - 1);
      add(end);
      return Arrays.copyOf(tokens, size);
    }
  }
}
