package tasktracker.task.date;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens of a text with what all grammars read from them: numbers, ordinals, years and boundaries. */
final class Tokens {

  private static final Token NONE = new Token(0, 0, " ", Map.of(), -1, 0, false, false);

  /** A number up to the token {@code to}. */
  record Number(int to, int value) {}

  private final List<Token> tokens;
  final boolean dayFirst;
  private long reads;

  Tokens(String text) {
    tokens = Lexer.tokens(text);
    dayFirst = tokens.stream().anyMatch(Token::isCyrillic);
  }

  int size() {
    return tokens.size();
  }

  /** How often tokens were read: the cost of a parse. */
  long reads() {
    return reads;
  }

  Token get(int i) {
    reads++;
    return i >= 0 && i < tokens.size() ? tokens.get(i) : NONE;
  }

  boolean is(int i, TokenKind kind) {
    return get(i).is(kind);
  }

  boolean is(int i, String mark) {
    return get(i).is(mark);
  }

  boolean isGlued(int i, String mark) {
    return get(i).is(mark) && get(i).glued();
  }

  int skip(int i, TokenKind kind) {
    return is(i, kind) ? i + 1 : i;
  }

  int skip(int i, String mark) {
    return is(i, mark) ? i + 1 : i;
  }

  /** Whether nothing but punctuation is outside of the tokens. */
  boolean isAlone(int from, int to) {
    return from == 0 && isClauseEnd(to);
  }

  boolean isClauseStart(int i) {
    return i == 0 || isPunctuation(get(i - 1));
  }

  boolean isClauseEnd(int i) {
    return i >= size() || isPunctuation(get(i)) && !(get(i).glued() && get(i + 1).digits() > 0 && get(i + 1).glued());
  }

  /** Whether a dot may as well end a sentence: something with a capital follows, but no date or time. */
  boolean isClauseEndOfSentence(int dot) {
    return get(dot + 1).capital() && !get(dot + 1).is(TokenKind.AT) && !get(dot + 1).is(TokenKind.TO);
  }

  boolean startsTime(int i) {
    return is(i, TokenKind.AT) && get(i + 1).digits() > 0;
  }

  private static boolean isPunctuation(Token token) {
    return token.digits() == 0 && !token.isWord() && !token.is("%") && !token.is("$") && !token.is("-") && !token.is("/");
  }

  /** Whether digits begin here that are not the rest of a word, a decimal, a version or a telephone number. */
  boolean beginsNumber(int i) {
    Token token = get(i);
    if (token.number() < 0) {
      return false;
    }
    return !token.glued() || !get(i - 1).isWord() && !(isJoint(get(i - 1)) && get(i - 1).glued() && get(i - 2).digits() > 0)
        && !"#$€£№₴".contains(get(i - 1).text());
  }

  /** Whether what ends before the token is not continued as a decimal, a version or a telephone number. */
  boolean endsNumber(int i) {
    Token next = get(i);
    if (get(i - 1).digits() == 0 || !next.glued()) {
      return true;
    }
    return !next.is("%") && !next.is("$") && !(isJoint(next) && get(i + 1).digits() > 0 && get(i + 1).glued());
  }

  private static boolean isJoint(Token token) {
    return token.is(".") || token.is(",") || token.is(":") || token.is("/") || token.is("-");
  }

  /** A number of one or two digits, or in words below 100. */
  @Nullable
  Number smallNumber(int i) {
    Number number = number(i);
    return number == null || number.value() > 99 ? null : number;
  }

  @Nullable
  Number number(int i) {
    Token token = get(i);
    if (token.number() >= 0) {
      return beginsNumber(i) ? new Number(i + 1, token.number()) : null;
    }
    if (!token.is(TokenKind.NUMBER)) {
      return null;
    }
    int tens = token.value(TokenKind.NUMBER);
    int unit = is(i + 1, "-") ? i + 2 : i + 1;
    int ones = get(unit).value(TokenKind.NUMBER);
    return tens >= 20 && ones > 0 && ones < 10 ? new Number(unit + 1, tens + ones) : new Number(i + 1, tens);
  }

  /** "15th", "15-го", "fifteenth", "двадцять п'яте". */
  @Nullable
  Number ordinal(int i) {
    Token token = get(i);
    if (token.digits() > 0) {
      int suffix = isGlued(i + 1, "-") ? i + 2 : i + 1;
      boolean has = beginsNumber(i) && get(suffix).is(TokenKind.SUFFIX) && get(suffix).glued() && token.digits() <= 2;
      return has ? new Number(suffix + 1, token.number()) : null;
    }
    if (token.is(TokenKind.ORDINAL)) {
      return new Number(i + 1, token.value(TokenKind.ORDINAL));
    }
    int unit = is(i + 1, "-") ? i + 2 : i + 1;
    boolean compound = token.value(TokenKind.NUMBER) >= 20 && get(unit).is(TokenKind.ORDINAL) && get(unit).value(TokenKind.ORDINAL) < 10;
    return compound ? new Number(unit + 1, token.value(TokenKind.NUMBER) + get(unit).value(TokenKind.ORDINAL)) : null;
  }

  /** A day of a month: an ordinal or one or two digits. */
  @Nullable
  Number day(int i) {
    Number ordinal = ordinal(i);
    if (ordinal == null && get(i).digits() >= 1 && get(i).digits() <= 2 && (beginsNumber(i) || endsRangeOfDays(i))) {
      ordinal = new Number(i + 1, get(i).number());
    }
    return ordinal != null && ordinal.value() >= 1 && ordinal.value() <= 31 ? ordinal : null;
  }

  /** The 15 of "13-15 July". */
  private boolean endsRangeOfDays(int i) {
    return is(i - 1, "-") && get(i - 2).digits() > 0 && get(i - 2).digits() <= 2 && beginsNumber(i - 2) && is(i + 1, TokenKind.MONTH);
  }

  /** A year of four digits, or of two that are not the beginning of something else. */
  @Nullable
  Number year(int i) {
    Token token = get(i);
    int to = i + 1;
    if (!endsNumber(to) || token.number() < 0) {
      return null;
    }
    if (token.digits() == 4 && token.number() >= 1900 && token.number() < 2200) {
      return new Number(yearWord(to), token.number());
    }
    return token.digits() == 2 && !startsClock(to) ? new Number(yearWord(to), fullYear(token.number())) : null;
  }

  private int yearWord(int i) {
    return get(i).value(TokenKind.UNIT) == 8 && get(i).isCyrillic() ? i + 1 : i;
  }

  private boolean startsClock(int i) {
    Token next = get(i);
    return isGlued(i, ":") || next.is(TokenKind.AMPM) || next.is(TokenKind.UNIT) && next.value(TokenKind.UNIT) != 8
        || next.is(TokenKind.CLOCK_PART)
        || next.is(TokenKind.HSEP) || next.is(TokenKind.TO) || next.is("-") || next.is(TokenKind.OCLOCK) || next.is("%");
  }

  static int fullYear(int twoDigits) {
    return twoDigits < 50 ? 2000 + twoDigits : 1900 + twoDigits;
  }
}
