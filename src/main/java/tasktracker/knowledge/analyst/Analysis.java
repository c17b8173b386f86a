package tasktracker.knowledge.analyst;

import java.util.List;

/** What an analyst found. Keys of topics and atoms are unique within one analysis. */
public record Analysis(List<TopicCandidate> topics, List<AtomCandidate> atoms, List<LinkCandidate> links) {

  public static final Analysis EMPTY = new Analysis(List.of(), List.of(), List.of());
}
