package tasktracker;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the tables that the SQL in a class file reads and writes. It looks at every string constant of the class, which
 * includes the constant parts of concatenations, so that a statement need not be run or marked to be found.
 */
record SqlTables(Set<String> read, Set<String> written, Set<String> assembled) {

  private static final String NAME = "(?:only\\s+)?(?:public\\.)?\"?([a-z_][a-z0-9_]*)\"?";
  private static final Pattern WRITE = Pattern.compile(
      "(?<!for )(?<!for no key )(?<!do )\\b(?:insert\\s+into|update|delete\\s+from|merge\\s+into|truncate(?:\\s+table)?)\\s+" + NAME);
  private static final Pattern READ = Pattern.compile(
      "\\b(?:from|join|delete\\s+from\\s+\\w+(?:\\s+\\w+)?\\s+using)\\s+" + NAME
          + "((?:\\s+(?:as\\s+)?[a-z_]\\w*)?(?:\\s*,\\s*[a-z_]\\w*(?:\\s+(?:as\\s+)?\\w+)?)*)");
  private static final Pattern LISTED = Pattern.compile(",\\s*" + NAME);
  /** A statement whose table is known only when it runs: a concatenation ({@code \1}), a format or a defined attribute. */
  private static final Pattern ASSEMBLED = Pattern.compile(
      "(?<!for )(?<!for no key )(?<!do )\\b(?:insert\\s+into|update|delete\\s+from|merge\\s+into|truncate|join|select\\b[^\1]*\\bfrom)\\s+(?:only\\s+)?(?:\1|%s|<|$)");
  private static final int STRING = 8;

  static SqlTables ofClass(InputStream file, Set<String> tables) throws IOException {
    return of(readStringConstants(file), tables);
  }

  /** The tables among {@code tables} that these constants name in a statement. */
  static SqlTables of(List<String> constants, Set<String> tables) {
    SqlTables found = new SqlTables(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    constants.forEach(constant -> found.add(constant.replaceAll("--.*", "").toLowerCase(Locale.ROOT), tables));
    found.read().retainAll(tables);
    found.written().retainAll(tables);
    return found;
  }

  private void add(String sql, Set<String> tables) {
    WRITE.matcher(sql).results().forEach(m -> written.add(m.group(1)));
    READ.matcher(sql.replaceAll("\\bdelete\\s+from\\s+(?=\\S+\\s+where\\b)", "delete ")).results().forEach(m -> {
      read.add(m.group(1));
      LISTED.matcher(m.group(2)).results().forEach(listed -> read.add(listed.group(1)));
    });
    Matcher parts = ASSEMBLED.matcher(sql);
    if (parts.find()) {
      assembled.add(parts.group().strip());
    }
  }

  /** Reads the constant pool (JVM specification, 4.4) and returns its strings. */
  private static List<String> readStringConstants(InputStream file) throws IOException {
    DataInputStream in = new DataInputStream(file);
    in.skipNBytes(8);
    String[] texts = new String[in.readUnsignedShort()];
    List<Integer> strings = new ArrayList<>();
    for (int i = 1; i < texts.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case STRING -> strings.add(in.readUnsignedShort());
        case 7, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // A long or a double takes two entries.
        }
        default -> in.skipNBytes(4);
      }
    }
    return strings.stream().map(index -> texts[index]).toList();
  }
}
