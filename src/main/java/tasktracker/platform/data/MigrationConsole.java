package tasktracker.platform.data;

import java.io.PrintStream;

/** Output and exit codes of the migration command line. */
record MigrationConsole(PrintStream out, PrintStream err) {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int PENDING = 3;

  void print(String text) {
    out.println(text);
  }

  /** Prints an error and returns the exit code of a failure. */
  int fail(String text) {
    err.println(text);
    return FAILED;
  }
}
