package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.Fingerprints;
import tasktracker.knowledge.KnowledgeWrites;
import tasktracker.knowledge.NormalizedText;
import tasktracker.knowledge.ReasonText;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.LinkCandidate;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.analyst.TopicCandidate;
import tasktracker.knowledge.atom.Atom;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.atom.AtomWritten;
import tasktracker.knowledge.atom.Atoms;
import tasktracker.knowledge.atom.EvidenceQuote;
import tasktracker.knowledge.atom.EvidenceStore;
import tasktracker.knowledge.builtin.BuiltInAnalyst;
import tasktracker.knowledge.topic.TopicProjects;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.knowledge.topic.Topics;
import tasktracker.knowledge.version.VersionStore;
import tasktracker.knowledge.version.VersionedType;
import tasktracker.knowledge.version.Versions;
import tasktracker.message.MessageTopics;
import tasktracker.platform.data.Ids;

/** Stores what an analyst found and validation accepted, in the transaction of the batch. */
@ApplicationScoped
public class KnowledgeWriter {

  /** From this similarity on, a new text is a version of an atom that exists. */
  private static final double SAME = .95;
  /** From this similarity on, a new atom is linked to one that exists. */
  private static final double SIMILAR = .85;

  private final Topics topics;
  private final TopicStore topicStore;
  private final TopicProjects topicProjects;
  private final Atoms atoms;
  private final AtomStore atomStore;
  private final EvidenceStore evidence;
  private final Versions versions;
  private final VersionStore versionStore;
  private final MessageTopics messageTopics;
  private final Fingerprints fingerprints;
  private final KnowledgeWrites writes;

  @Inject
  public KnowledgeWriter(Topics topics, TopicStore topicStore, TopicProjects topicProjects, Atoms atoms, AtomStore atomStore,
      EvidenceStore evidence, Versions versions,
      VersionStore versionStore,
      MessageTopics messageTopics, Fingerprints fingerprints, KnowledgeWrites writes) {
    this.topics = topics;
    this.topicStore = topicStore;
    this.topicProjects = topicProjects;
    this.atoms = atoms;
    this.atomStore = atomStore;
    this.evidence = evidence;
    this.versions = versions;
    this.versionStore = versionStore;
    this.messageTopics = messageTopics;
    this.fingerprints = fingerprints;
    this.writes = writes;
  }

  /** Who stores, for which run, if for any. */
  record Author(String analyst, String createdBy, @Nullable UUID run) {}

  /**
   * What is stored.
   *
   * @param vectors the embedding of each atom's title and content by its key; missing ones are not compared
   * @param revisions the revision of each message that was read
   * @param orders the messages that were read and give orders to a program; found before any lock is taken
   */
  record Input(Analysis analysis, Map<UUID, AnalystMessage> messages, Map<UUID, Integer> revisions, Map<String, float[]> vectors,
      Author author, Set<UUID> orders) {

    Input(Analysis analysis, Map<UUID, AnalystMessage> messages, Map<UUID, Integer> revisions, Map<String, float[]> vectors,
        Author author) {
      this(analysis, messages, revisions, vectors, author, findOrders(messages));
    }

    private static Set<UUID> findOrders(Map<UUID, AnalystMessage> messages) {
      return messages.values().stream().filter(message -> Instructions.areIn(message.text()) || Instructions.areIn(message.authorName()))
          .map(AnalystMessage::id).collect(Collectors.toSet());
    }

    /** A model reads all messages at once: an order in one of them may change what it says of the others. */
    boolean isMisled() {
      return !author.analyst().equals(BuiltInAnalyst.NAME) && !orders.isEmpty();
    }

    /** Whether the atom may rest on an order. */
    boolean isOrdered(AtomCandidate atom) {
      return isMisled() || atom.quotes().stream().map(Quote::messageId).anyMatch(orders::contains);
    }

    /** The messages that storing changes or refers to. */
    Set<UUID> touchedMessages() {
      Set<UUID> touched = new HashSet<>(quotedRevisions().keySet());
      analysis.topics().forEach(topic -> touched.addAll(topic.messages()));
      return touched;
    }

    AnalystMessage message(Quote quote) {
      return Objects.requireNonNull(messages.get(quote.messageId()), "Validation accepts quotes of known messages only");
    }

    /** The revisions of the quoted messages. */
    Map<UUID, Integer> quotedRevisions() {
      Map<UUID, Integer> quoted = new HashMap<>();
      analysis.atoms().stream().flatMap(atom -> atom.quotes().stream())
          .forEach(quote -> quoted.put(quote.messageId(), revisions.getOrDefault(quote.messageId(), 1)));
      return quoted;
    }
  }

  /** Numbers of what was created. */
  static final class Counts {
    private int topics;
    private int atoms;
    private int links;
    private int versions;
    private int quotes;

    BatchResult result(int examined, int refused) {
      return new BatchResult(examined, topics, atoms, links, versions, quotes, refused);
    }
  }

  @Transactional(TxType.MANDATORY)
  Counts write(Input input) {
    writes.lock();
    Counts counts = new Counts();
    Map<String, UUID> topicIds = writeTopics(input, counts);
    Map<String, UUID> atomIds = new HashMap<>();
    List<TopicStore.Membership> memberships = new ArrayList<>();
    for (AtomCandidate atom : input.analysis().atoms()) {
      UUID id = writeAtom(atom, input, counts);
      if (id != null) {
        atomIds.put(atom.key(), id);
        UUID topic = atom.topic() == null ? null : topicIds.get(atom.topic());
        if (topic != null) {
          memberships.add(new TopicStore.Membership(topic, id));
        }
      }
    }
    topicStore.addAtoms(memberships);
    topicProjects.enqueue(topicIds.values());
    counts.links = writeLinks(input.analysis(), atomIds);
    return counts;
  }

  private Map<String, UUID> writeTopics(Input input, Counts counts) {
    Map<String, UUID> ids = new HashMap<>();
    Map<UUID, UUID> byMessage = new LinkedHashMap<>();
    for (TopicCandidate topic : input.analysis().topics()) {
      UUID id = topic.existing() != null ? topic.existing() : topicStore.findByKey(NormalizedText.keyOf(topic.name())).orElse(null);
      if (id == null) {
        id = topics.createFound(topic.name(), topic.description(), input.author().analyst(), ReasonText.toJson(topic.reason()),
            input.author().createdBy());
        counts.topics++;
      }
      ids.put(topic.key(), id);
      for (UUID message : topic.messages()) {
        byMessage.putIfAbsent(message, id);
      }
    }
    if (!input.isMisled()) {
      messageTopics.assignFound(byMessage, input.author().analyst());
    }
    return ids;
  }

  /** Returns the id of the new or known atom, or null when people rejected its text. */
  private @Nullable UUID writeAtom(AtomCandidate atom, Input input, Counts counts) {
    byte[] fingerprint = fingerprints.of(atom.title() + "\n" + atom.content());
    if (atomStore.isRejected(fingerprint)) {
      return null;
    }
    List<EvidenceQuote> quotes = quotes(atom, input);
    Optional<UUID> known = atomStore.findByFingerprint(fingerprint);
    if (known.isPresent()) {
      counts.quotes += evidence.add(known.get(), quotes);
      return known.get();
    }
    float[] vector = input.vectors().get(atom.key());
    AtomStore.Similar similar = vector == null ? null : atomStore.findMostSimilar(vector, SIMILAR).orElse(null);
    if (similar != null && similar.similarity() >= SAME && similar.type().equals(atom.type().wire()) && saysTheSame(similar, atom)) {
      return proposeVersion(similar, atom, quotes, input, counts);
    }
    return insert(atom, fingerprint, similar, vector, quotes, input, counts);
  }

  /** The embedding alone does not tell one number or name from another, above all in Cyrillic. */
  private static boolean saysTheSame(AtomStore.Similar existing, AtomCandidate atom) {
    return AnalysisValidator.saysTheSame(existing.title() + "\n" + existing.content(), atom.title() + "\n" + atom.content());
  }

  /** One proposed version of an atom is enough until somebody has decided about it. */
  private UUID proposeVersion(AtomStore.Similar existing, AtomCandidate atom, List<EvidenceQuote> quotes, Input input, Counts counts) {
    counts.quotes += evidence.add(existing.id(), quotes);
    boolean saysMore = atom.content().length() > existing.content().length();
    if (saysMore && !versionStore.hasPending(VersionedType.ATOM, existing.id())
        && versions.propose(VersionedType.ATOM, existing.id(), Map.of("title", atom.title(), "content", atom.content()),
            input.author().createdBy()) != null) {
      counts.versions++;
    }
    return existing.id();
  }

  private UUID insert(AtomCandidate atom, byte[] fingerprint, AtomStore.@Nullable Similar similar, float @Nullable [] vector,
      List<EvidenceQuote> quotes, Input input, Counts counts) {
    UUID id = Ids.next();
    atomStore.insert(new AtomStore.NewAtom(id, atom.type().wire(), atom.title().strip(), atom.content().strip(), atom.confidence(),
        input.isOrdered(atom) ? "instructions" : null, input.author().analyst(), ReasonText.toJson(atom.reason()), input.author().run(),
        fingerprint,
        similar == null ? null : similar.id(), similar == null ? null : similar.similarity(), vector, quotes.getFirst().sentAt(),
        input.author().createdBy()));
    evidence.add(id, quotes);
    counts.atoms++;
    counts.quotes += quotes.size();
    atoms.publishCreated(new AtomWritten(id, atom.title().strip(), atom.content().strip(), vector != null), atom.type().wire());
    return id;
  }

  private static List<EvidenceQuote> quotes(AtomCandidate atom, Input input) {
    List<EvidenceQuote> quotes = new ArrayList<>();
    for (Quote quote : atom.quotes()) {
      AnalystMessage message = input.message(quote);
      quotes.add(
          new EvidenceQuote(quote.messageId(), 0, quote.messageId(), input.revisions().getOrDefault(quote.messageId(), 1), quote.start(),
              quote.end(), message.text().substring(quote.start(), quote.end()), "valid", message.authorName(), message.sentAt()));
    }
    return quotes;
  }

  private int writeLinks(Analysis analysis, Map<String, UUID> atomIds) {
    Map<List<UUID>, AtomStore.NewLink> links = new LinkedHashMap<>();
    for (LinkCandidate link : analysis.links()) {
      UUID from = atomIds.get(link.from());
      UUID to = atomIds.get(link.to());
      if (from != null && to != null && !from.equals(to)) {
        links.putIfAbsent(List.of(from, to), new AtomStore.NewLink(from, to, link.type().wire(), link.strength()));
      }
    }
    return atomStore.insertLinks(List.copyOf(links.values()));
  }

  /** The text that an atom's is embedded by. */
  static String embeddedText(AtomCandidate atom) {
    return atom.title() + "\n\n" + atom.content().substring(0, Math.min(Atom.MAX_CONTENT, atom.content().length()));
  }
}
