package tasktracker.search;

import java.util.List;
import java.util.stream.Stream;

/** Queries for exact matches, with the message that must rank first and others that must not. */
final class ExactMatchQueries {

  /**
   * A query with its expected result.
   *
   * @param typed the query
   * @param first the message that must rank first
   * @param others similar messages: with other word forms, with more occurrences, or without punctuation
   */
  record Written(String typed, String first, List<String> others) {

    @Override
    public String toString() {
      return typed + " finds " + first;
    }
  }

  private ExactMatchQueries() {}

  /** The reported queries and others of the same kinds. */
  static Stream<Written> all() {
    return Stream.concat(reported(), others());
  }

  static Stream<Written> reported() {
    return Stream.of(
        row("✅", "deploy ✅ done", "deploy ❌ done", "deploy done", "done ✔ deploy"),
        row("чайник", "чаи\u0306ник закипів", "чай закипів", "чайники, чайників, чайниками"),
        row("чаи\u0306ник", "чайник закипів", "чай закипів"),
        row("їжа", "і\u0308жа вже тут", "їжею, їжі, їжу, їжі"),
        row("п'ять", "тут п\u00B4ять задач", "п'ятниця", "ять", "п'яти п'яти п'яти"),
        row("п\u2032ять", "тут п\u2018ять задач", "п'ятниця", "ять"),
        row("п\u2019ять", "тут п\uFF07ять задач", "п'ятниця"),
        row("п\uFF07ять", "тут п'ять задач", "п'ятниця"),
        row("п`ять", "тут п\u2032ять задач", "п'ятниця"),
        row("+380671234567", "дзвони +380 (67) 123-45-67", "+380 67 123 45 68", "380 67 123 45", "+380 (50) 123-45-67",
            "67 123 45 67 380 0"),
        row("0671234567", "дзвони +380 (67) 123-45-67", "0671234568", "067 123"),
        row("+38 067 123 45 67", "дзвони +380671234567", "38 067 123 45", "67 45 123 067 38"),
        row("0677654321", "or 067-765-43-21 after six", "067 765 43", "0677654322"),
        row("(067) 765 43 21", "or 067-765-43-21 after six", "43 21 765 067"),
        row("1500", "заплатив 1500грн", "заплатив 15000грн", "номер 150, 1500000"),
        row("1500грн", "заплатив 1500грн", "грн було не 1500, а грн 2", "1500 доларів"),
        row("1500 грн", "заплатив 1500грн", "1500 доларів і грн"),
        row("wifi", "the wi-fi is down", "wild fire", "fi wi"),
        row("wi-fi", "the wi-fi is down", "wi, fi, wi, fi", "fi-wi"),
        row("wi-fi", "the wifi is down", "wild fire", "wi and then"),
        row("1.2.3", "released v1.2.3 today", "1, 2, 3", "v1.2.4 and 3", "3.2.1", "1.2.30 1.2.31", "1-2-3 1-2-3"),
        row("v1.2.3", "released v1.2.3 today", "v1.2.4", "v 1 2 3", "1.2.3"),
        row("C++", "we write C++ here", "we write C here, C and C", "we write C# here", "vitamin C"),
        row("C#", "we write C# here", "we write C here, C and C", "we write C++ here", "key of C"),
        row("C++ and C#", "C++ and C# developers", "C and C", "C# and C++", "C++, C#"),
        row("c++ developer", "looking for a C++ developer", "developer developer", "C developer developers", "a developer of c#"),
        row("C:\\Users\\dev", "it is in C:\\Users\\dev", "C: users dev", "C:/Users/dev", "dev users C", "C:\\Users\\devs"),
        row("https://wiki.example.org/x/Page_1?id=7#top", "see https://wiki.example.org/x/Page_1?id=7#top please",
            "https wiki example org x page 1 id 7 top", "see https://wiki.example.org/x/Page_1?id=8#top",
            "https://wiki.example.org/x/Page_2?id=7#top"),
        row("сервер", "наш cервер упав", "наші сервери, серверів, серверами", "сервіс"),
        row("сервер", "наш сeрвeр упав", "сервіс"),
        row("cервер", "наш сервер упав", "сервіс"),
        row("deployed", "it was deployed at last", "deploy, deploy, deploy", "deploys deploying"),
        row("помилки", "там були помилки", "помилка помилка помилка", "помилок"),
        row("release notes", "read the release notes first", "notes: release, release, release note", "the notes of each release",
            "releases noted"),
        row("if (a != null)", "if (a != null) return", "if a null", "null if a", "if (a == null)"));
  }

  /** File names, hashes, URLs, keys, dates, tags, names, amounts, IP addresses and code. */
  static Stream<Written> others() {
    return Stream.of(
        row("report_final-v2.pdf", "sent report_final-v2.pdf", "final report v2 pdf", "report_final-v3.pdf", "report-final_v2.pdf"),
        row("3f2a9bc", "revert 3f2a9bc4d5e6f708192a3b4c5d6e7f8091a2b3c4 now", "3f2a9bd", "3f2a9"),
        row("olena.k@example.com", "write to olena.k@example.com", "olena k example com", "kevin.k@example.com, olena",
            "olena@k.example.com"),
        row("ABC-123", "ABC-123 is done", "ABC 123", "ABC-1234", "ABC-12 3", "123-ABC", "abc abc 123 123"),
        row("10.0.12.7", "host 10.0.12.7 is down", "10.0.7.12", "10 0 12 7", "10.0.12.70"),
        row("2026-11-30", "due 2026-11-30", "30 11 2026", "2026-11-03", "2026 11 30 2026 11 30"),
        row("#реліз", "завтра #реліз", "реліз реліз реліз", "релізи"),
        row("@olena_dev", "ask @olena_dev", "olena dev", "olena_dev", "@olena"),
        row("€250", "paid €250 for it", "paid $250", "250 250 250", "€2500"),
        row("£1,250.00", "invoice of £1,250.00", "1,250.00", "£1,250", "£ 1 250 00"),
        row("100%", "it is 100% ready", "100 percent 100", "100$"),
        row("->", "map x -> y", "map x to y", "map x => y"),
        row("foo->bar()", "call foo->bar() here", "foo bar", "foo.bar()", "foo -> bar"),
        row("ТТН 20450012345678", "ТТН 20450012345678 у дорозі", "ТТН 20450012345679", "ТТН ТТН"),
        row("👍🏽", "добре 👍", "добре 👎"),
        row("1500000", "бюджет 1 500 000 грн", "бюджет 1 500 001 грн", "1 500, 000", "15000000"),
        row("1 500 000", "бюджет 1500000 грн", "1 500", "1 500 001"),
        row("1'500", "коштує 1\u202F500 грн", "1'501", "1 5000"),
        row("file", "the \uFB01le is lost", "fill", "fi le"),
        row("Hello", "\uD835\uDD73ello everybody", "hell", "yellow"),
        row("k8s", "our k8s cluster", "8 clusters k s", "k 8 s"),
        row("NullPointerException", "java.lang.NullPointerException: x", "null pointer exception"),
        row("e-mail", "the email is lost", "male and female", "e2e tests"));
  }

  private static Written row(String typed, String first, String... others) {
    return new Written(typed, first, List.of(others));
  }
}
