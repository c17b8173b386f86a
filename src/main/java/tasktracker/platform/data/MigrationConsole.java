package tasktracker.platform.data;

import java.io.PrintStream;

/** What the command line of migrations says, and the codes it ends with. */
record MigrationConsole(PrintStream out, PrintStream err) {

  static final int DONE = 0;
  static final int WRONG = 1;
  static final int MISUSED = 2;
  static final int TO_DO = 3;

  void say(String text) {
    out.println(text);
  }

  /** Says what is wrong. */
  int wrong(String text) {
    err.println(text);
    return WRONG;
  }
}
