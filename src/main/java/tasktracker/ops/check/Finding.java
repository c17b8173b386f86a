package tasktracker.ops.check;

import java.util.List;

/**
 * What a check found.
 *
 * @param id of the check; its words begin with {@code system.check.<id>.}
 * @param anchor the part of docs/runbook.md that tells more
 * @param said which sentence of the check's words tells it
 * @param figures what stands in the sentence
 */
public record Finding(String id, String anchor, CheckState state, String said, List<Object> figures, Evidence evidence,
    List<Fix> fixes) {

  /** Key of the sentence. */
  public String key() {
    return said.startsWith("system.") ? said : "system.check." + id + "." + said;
  }

  /** A figure of the sentence, or an empty word where it has fewer. */
  public Object figure(int place) {
    return place < figures.size() ? figures.get(place) : "";
  }

  Finding with(Evidence table) {
    return new Finding(id, anchor, state, said, figures, table, fixes);
  }

  Finding offering(List<Fix> offered) {
    return new Finding(id, anchor, state, said, figures, evidence, offered);
  }
}
