package tasktracker.platform.web.json;

/**
 * Limits for untrusted JSON. Each limit bounds memory or time that is not proportional to the size of the input: nesting
 * uses the stack, converting a number of n digits takes about n² steps, and each value takes about 60 bytes however
 * short it is.
 *
 * @param depth levels of nesting
 * @param values number of keys, strings, numbers, literals, arrays and objects together
 * @param numberLength characters of a number or another token outside of strings
 * @param textLength characters of a string
 */
public record JsonLimits(int depth, long values, int numberLength, int textLength) {

  /** For the body of a request or a response of at most 2 MiB. */
  public static final JsonLimits BODY = new JsonLimits(100, 50_000, 1_000, 2 << 20);
}
