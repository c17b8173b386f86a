package tasktracker.platform.web;

/**
 * How large JSON of a stranger may grow before it is refused. Each limit bounds memory or time that is not proportional
 * to the size of the input: nesting takes the stack, converting a number of n digits takes about n² steps, and each
 * value takes some sixty bytes however short it is written.
 *
 * @param depth levels of nesting
 * @param values keys, texts, numbers, literals, arrays and objects together
 * @param numberLength characters of a number or of another word outside of texts
 * @param textLength characters of a text
 */
public record JsonLimits(int depth, long values, int numberLength, int textLength) {

  /** For the body of a request or of an answer: at most 2 MiB, with nothing in it that is nested a hundred levels deep. */
  public static final JsonLimits BODY = new JsonLimits(100, 50_000, 1_000, 2 << 20);
}
