package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.LinkType;

/** Links atoms of one conversation: what solves a problem, answers a question, supports or refines what was said before. */
final class AtomLinker {

  record Link(AtomDraft from, AtomDraft to, LinkType type, double strength) {}

  private static final double MIN_RELATED = 0.3;
  private static final double MIN_SUPPORT = 0.45;
  private static final double REPLY = 0.5;

  private final Map<UUID, Utterance> byId = new HashMap<>();
  private final List<AtomDraft> drafts;

  AtomLinker(List<Utterance> utterances, List<AtomDraft> drafts) {
    utterances.forEach(u -> byId.put(u.id(), u));
    this.drafts = drafts;
  }

  List<Link> link() {
    Map<Integer, List<AtomDraft>> byConversation = new HashMap<>();
    drafts.forEach(draft -> byConversation.computeIfAbsent(draft.conversation, c -> new ArrayList<>()).add(draft));
    List<Link> links = new ArrayList<>();
    for (List<AtomDraft> group : byConversation.values()) {
      group.sort(Comparator.comparingInt(draft -> draft.utterance.index()));
      for (AtomDraft draft : group) {
        addLink(draft, group, links);
      }
    }
    return links;
  }

  private void addLink(AtomDraft draft, List<AtomDraft> group, List<Link> links) {
    switch (draft.type) {
      case SOLUTION ->
        add(draft, group, List.of(AtomType.PROBLEM, AtomType.BLOCKER, AtomType.QUESTION), LinkType.SOLVES, MIN_RELATED, links);
      case DECISION ->
        add(draft, group, List.of(AtomType.IDEA, AtomType.QUESTION, AtomType.DECISION), LinkType.REFINES, MIN_SUPPORT, links);
      case INSIGHT ->
        add(draft, group, List.of(AtomType.PROBLEM, AtomType.QUESTION, AtomType.IDEA), LinkType.RELATES_TO, MIN_RELATED, links);
      default -> {
      }
    }
  }

  private void add(AtomDraft draft, List<AtomDraft> group, List<AtomType> types, LinkType type, double minimum, List<Link> links) {
    AtomDraft best = null;
    double bestStrength = minimum;
    for (AtomDraft earlier : group) {
      if (types.contains(earlier.type) && earlier.utterance.index() < draft.utterance.index()) {
        double strength = strength(draft, earlier);
        if (strength >= bestStrength) {
          best = earlier;
          bestStrength = strength;
        }
      }
    }
    if (best != null) {
      links.add(new Link(draft, best, type, Math.min(1, bestStrength)));
    }
  }

  private double strength(AtomDraft draft, AtomDraft earlier) {
    double similarity = Math.max(Vectors.cosine(draft.vector(), earlier.vector()), Terms.containment(draft.stems, earlier.stems));
    int distance = draft.utterance.index() - earlier.utterance.index();
    return (isReply(draft.utterance, earlier.utterance) ? REPLY : 0) + 0.7 * similarity + 0.3 / Math.sqrt(distance);
  }

  /** Whether the message answers the earlier one, perhaps through others. */
  private boolean isReply(Utterance utterance, Utterance earlier) {
    @Nullable
    Utterance at = utterance;
    for (int steps = 0; at != null && steps < 5; steps++) {
      UUID repliedTo = at.message().replyTo();
      if (earlier.id().equals(repliedTo)) {
        return true;
      }
      at = repliedTo == null ? null : byId.get(repliedTo);
    }
    return false;
  }
}
