package tasktracker.search.text;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Transliterates Ukrainian and Russian from Latin letters ("reliz") and English from Cyrillic letters ("деплой"). */
public final class Transliteration {

  private static final String SHARED = "shch=щ sch=щ zh=ж kh=х ts=ц ch=ч sh=ш ya=я ia=я ja=я yu=ю iu=ю ju=ю"
      + " a=а b=б c=ц d=д e=е f=ф g=г k=к l=л m=м n=н o=о p=п q=к r=р s=с t=т u=у v=в w=в x=кс z=з j=й '=ь";
  private static final String CYRILLIC = "щ=shch ж=zh х=kh ц=ts ч=ch ш=sh я=ya ю=yu є=ye ї=yi ё=yo а=a б=b в=v г=h ґ=g д=d е=e з=z"
      + " и=y і=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f ь= ъ= ы=y э=e '=";
  /** After a vowel, "y" becomes й. */
  private static final String VOWELS = "aeiouy";
  private static final List<Map<String, String>> TABLES = List.of(
      table("yi=ї ji=ї ye=є ie=є je=є i=і y=и h=г " + SHARED), table("yo=е jo=е i=и y=ы h=х " + SHARED),
      table(CYRILLIC), table(CYRILLIC.replace("г=h", "г=g").replace("и=y", "и=i").replace("х=kh", "х=h")));

  private Transliteration() {}

  private static Map<String, String> table(String pairs) {
    return Arrays.stream(pairs.split(" ")).map(pair -> pair.split("=", -1))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> one, LinkedHashMap::new));
  }

  /** The transliterations of a word, in lower case. */
  public static Stream<String> variants(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return TABLES.stream().map(table -> transliterate(lower, table)).filter(variant -> !variant.equals(lower) && !variant.isEmpty())
        .distinct();
  }

  private static String transliterate(String word, Map<String, String> table) {
    StringBuilder result = new StringBuilder(word.length());
    for (int at = 0; at < word.length();) {
      int length = longestMatch(word, at, table);
      boolean isShort = length == 1 && word.charAt(at) == 'y' && at > 0 && VOWELS.indexOf(word.charAt(at - 1)) >= 0;
      result.append(isShort ? "й" : length == 0 ? word.substring(at, at + 1) : table.get(word.substring(at, at + length)));
      at += Math.max(1, length);
    }
    return result.toString();
  }

  /** The length of the longest mapped sequence of up to four letters; 0 if the character is not mapped. */
  private static int longestMatch(String word, int at, Map<String, String> table) {
    int length = Math.min(4, word.length() - at);
    while (length > 0 && !table.containsKey(word.substring(at, at + length))) {
      length--;
    }
    return length;
  }
}
