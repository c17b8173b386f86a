package tasktracker.ops.check;

import java.util.List;

/** A bean that offers checks of one subject. */
public interface Checkup {

  List<Check> checks();
}
