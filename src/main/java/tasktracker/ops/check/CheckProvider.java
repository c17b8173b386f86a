package tasktracker.ops.check;

import java.util.List;

/** A bean that provides the checks of one subject. */
public interface CheckProvider {

  List<Check> checks();
}
