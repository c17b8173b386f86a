package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.KnownTopic;
import tasktracker.knowledge.analyst.TopicCandidate;
import tasktracker.scoring.model.SectionedFile;

/**
 * Groups conversations into topics that people would recognise: forum topics, items of agendas, known topics, and clusters
 * of conversations that are large enough.
 */
final class TopicFinder {

  /** The number of messages with content that a topic without a title needs. */
  private static final int MIN_CLUSTER = 6;
  private static final int MIN_TITLED = 2;
  /** The similarity from which a conversation joins a topic with a title, or a cluster. */
  private static final double JOIN_TITLED = 0.45;
  private static final double JOIN_CLUSTER = 0.36;
  private static final double MIN_SHARE = 0.04;
  private static final int MAX_CLUSTERS = 200;
  private static final int MAX_NAME = 100;
  private static final Map<String, List<String>> HEADINGS = SectionedFile.read("knowledge/headings.txt");
  private static final Set<String> GENERAL = names("general");
  private static final Set<String> ADMINISTRATIVE = names("administrative");

  /** A topic in the making. */
  private static final class Group {
    private final String name;
    private final AnalystReason reason;
    private final @Nullable KnownTopic known;
    private final List<Utterance> utterances = new ArrayList<>();
    private float @Nullable [] sum;
    private final Map<String, Integer> stems = new HashMap<>();
    private int candidates;

    Group(String name, AnalystReason reason, @Nullable KnownTopic known) {
      this.name = name;
      this.reason = reason;
      this.known = known;
    }

    void add(Conversation conversation) {
      utterances.addAll(conversation.utterances());
      for (Utterance utterance : conversation.candidates()) {
        utterance.stems().forEach(stem -> stems.merge(stem, 1, Integer::sum));
        candidates++;
        float[] vector = utterance.message().vector();
        if (vector != null) {
          sum = sum == null ? new float[vector.length] : sum;
          if (sum.length == vector.length) {
            Vectors.add(sum, vector);
          }
        }
      }
    }

    int size() {
      return candidates;
    }

    float @Nullable [] centroid() {
      return sum == null ? null : Vectors.mean(List.of(sum));
    }
  }

  /** The topics, and the key of the topic of each message that has one. */
  record Result(List<TopicCandidate> topics, Map<UUID, String> topicOf) {}

  private final List<Conversation> conversations;
  private final List<KnownTopic> known;
  private final TopicNames names;
  private final Map<String, Integer> stemFrequency = new HashMap<>();
  private final Map<String, Group> titled = new LinkedHashMap<>();

  TopicFinder(List<Utterance> utterances, List<Conversation> conversations, List<KnownTopic> known) {
    this.conversations = conversations;
    this.known = known;
    this.names = new TopicNames(utterances);
    utterances.stream().filter(Utterance::isCandidate).forEach(u -> u.stems().forEach(stem -> stemFrequency.merge(stem, 1, Integer::sum)));
  }

  private static Set<String> names(String section) {
    Set<String> names = new HashSet<>();
    HEADINGS.getOrDefault(section, List.of()).forEach(line -> names.add(Terms.normalizeName(line)));
    return names;
  }

  Result find() {
    List<Conversation> loose = new ArrayList<>();
    for (Conversation conversation : conversations) {
      if (!joinTitled(conversation)) {
        loose.add(conversation);
      }
    }
    List<Group> groups = new ArrayList<>(titled.values());
    loose.sort(Comparator.comparingInt((Conversation c) -> -c.candidates().size()));
    List<Conversation> rest = loose.stream().filter(c -> !joinExisting(c, groups)).toList();
    groups.addAll(cluster(rest));
    return createResult(groups);
  }

  /** Adds a conversation with the title of a forum topic or a heading to the group of this title. */
  private boolean joinTitled(Conversation conversation) {
    String threadTitle = conversation.threadTitle();
    boolean isThread = threadTitle != null && !isGeneral(threadTitle);
    String heading = conversation.heading() == null ? "" : TopicNames.cleanHeading(conversation.heading());
    if (!isThread && (heading.isEmpty() || isAdministrative(heading))) {
      return conversation.heading() != null && !isThread;
    }
    String title = isThread && threadTitle != null ? threadTitle.strip() : heading;
    AnalystReason reason = AnalystReason.of(isThread ? "thread" : "heading", title);
    titled.computeIfAbsent(Terms.normalizeName(title), key -> createTitled(truncate(title), reason)).add(conversation);
    return true;
  }

  private Group createTitled(String title, AnalystReason reason) {
    return findByName(title).map(topic -> new Group(topic.name(), nameReason(topic, title), topic))
        .orElseGet(() -> new Group(TopicNames.capitalize(title), reason, null));
  }

  static boolean isGeneral(String title) {
    return GENERAL.contains(Terms.normalizeName(title));
  }

  static boolean isAdministrative(String heading) {
    String name = Terms.normalizeName(heading);
    return ADMINISTRATIVE.contains(name)
        || List.of(name.split(" ")).stream().filter(word -> !Terms.isStopWord(word)).allMatch(ADMINISTRATIVE::contains);
  }

  private static String truncate(String title) {
    return title.length() <= MAX_NAME
        ? title
        : title.substring(0, title.lastIndexOf(' ', MAX_NAME) > 0 ? title.lastIndexOf(' ', MAX_NAME) : MAX_NAME);
  }

  private static AnalystReason nameReason(KnownTopic topic, String name) {
    return Terms.normalizeName(topic.name()).equals(Terms.normalizeName(name))
        ? AnalystReason.of("known_name", topic.name())
        : AnalystReason.of("former_name", name, topic.name());
  }

  private Optional<KnownTopic> findByName(String name) {
    String normalized = Terms.normalizeName(name);
    return known.stream().filter(topic -> Terms.normalizeName(topic.name()).equals(normalized)
        || topic.formerNames().stream().anyMatch(former -> Terms.normalizeName(former).equals(normalized))).findFirst();
  }

  /** Adds a conversation without a title to a known topic that it names, or to the most similar topic with a title. */
  private boolean joinExisting(Conversation conversation, List<Group> groups) {
    if (conversation.candidates().isEmpty()) {
      return false;
    }
    Optional<KnownTopic> named = findMentioned(conversation);
    if (named.isPresent()) {
      groupOf(named.get(), groups).add(conversation);
      return true;
    }
    Group best = mostSimilar(conversation, groups, JOIN_TITLED);
    if (best != null) {
      best.add(conversation);
    }
    return best != null;
  }

  private static Group groupOf(KnownTopic topic, List<Group> groups) {
    return groups.stream().filter(group -> group.known != null && group.known.id().equals(topic.id())).findFirst().orElseGet(() -> {
      Group group = new Group(topic.name(), AnalystReason.of("known_words", topic.name()), topic);
      groups.add(group);
      return group;
    });
  }

  /** The known topic whose name, or a former one, is in the words of the conversation, the longest first. */
  private Optional<KnownTopic> findMentioned(Conversation conversation) {
    Set<String> stems = conversation.stems();
    KnownTopic best = null;
    int bestLength = 0;
    for (KnownTopic topic : known) {
      for (String name : allNames(topic)) {
        Set<String> words = Terms.stems(name);
        if (words.size() > bestLength && words.size() > 1 && stems.containsAll(words)) {
          best = topic;
          bestLength = words.size();
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static List<String> allNames(KnownTopic topic) {
    List<String> all = new ArrayList<>(topic.formerNames());
    all.add(topic.name());
    return all;
  }

  private @Nullable Group mostSimilar(Conversation conversation, List<Group> groups, double threshold) {
    float[] centroid = conversation.centroid();
    Set<String> stems = conversation.stems();
    Group best = null;
    double bestSimilarity = threshold;
    for (Group group : groups) {
      double similarity = similarity(centroid, stems, group);
      if (similarity > bestSimilarity) {
        best = group;
        bestSimilarity = similarity;
      }
    }
    return best;
  }

  /** Cosine, and the share of the conversation's words that the group has, where rare words count more. */
  private double similarity(float @Nullable [] centroid, Set<String> stems, Group group) {
    double shared = 0;
    double all = 0;
    // A large group has nearly every word once; only words that it has often are its own.
    double needed = Math.max(1, MIN_SHARE * group.size());
    for (String stem : stems) {
      double rarity = 1 / Math.log(2 + stemFrequency.getOrDefault(stem, 1));
      all += rarity;
      shared += group.stems.getOrDefault(stem, 0) >= needed ? rarity : 0;
    }
    double overlap = all == 0 ? 0 : shared / all;
    return centroid == null || group.sum == null ? overlap : 0.4 * Vectors.cosine(centroid, group.centroid()) + 0.6 * overlap;
  }

  /** Clusters conversations: each joins the most similar cluster of those begun by larger ones, or begins one. */
  private List<Group> cluster(List<Conversation> rest) {
    List<Group> clusters = new ArrayList<>();
    for (Conversation conversation : rest) {
      if (conversation.candidates().isEmpty()) {
        continue;
      }
      Group best = mostSimilar(conversation, clusters, JOIN_CLUSTER);
      if (best == null && clusters.size() < MAX_CLUSTERS) {
        best = new Group("", AnalystReason.of("keywords"), null);
        clusters.add(best);
      }
      if (best != null) {
        best.add(conversation);
      }
    }
    return clusters;
  }

  private Result createResult(List<Group> groups) {
    List<TopicCandidate> topics = new ArrayList<>();
    Map<UUID, String> topicOf = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Group group : groups) {
      boolean isTitled = !group.name.isEmpty();
      if (group.size() < (isTitled ? MIN_TITLED : MIN_CLUSTER) && group.known == null) {
        continue;
      }
      Optional<TopicCandidate> topic = createTopic(group, "t" + (topics.size() + 1));
      if (topic.isPresent() && taken.add(Terms.normalizeName(topic.get().name()))) {
        topics.add(topic.get());
        topic.get().messages().forEach(id -> topicOf.put(id, topic.get().key()));
      }
    }
    return new Result(topics, topicOf);
  }

  private Optional<TopicCandidate> createTopic(Group group, String key) {
    List<String> keywords = names.keywords(group.utterances);
    String name = group.name.isEmpty() ? truncate(names.name(group.utterances)) : group.name;
    if (name.isEmpty()) {
      return Optional.empty();
    }
    KnownTopic topic = group.known;
    AnalystReason reason = group.name.isEmpty() ? AnalystReason.of("keywords", String.join(", ", keywords)) : group.reason;
    if (topic == null) {
      TopicMatcher.Match match = new TopicMatcher(known).match(name, group.centroid());
      topic = match.isSame() ? match.topic() : null;
      reason = match.reason() == null ? reason : match.reason();
    }
    Conversation all = Conversation.of(group.utterances.stream().sorted(Comparator.comparingInt(Utterance::index)).toList());
    String description = topic == null ? TopicNames.describe(all) : topic.description();
    return Optional.of(new TopicCandidate(key, topic == null ? null : topic.id(), topic == null ? name : topic.name(), description,
        all.utterances().stream().map(Utterance::id).toList(), keywords, confidence(group), reason));
  }

  /** A title that people gave is nearly certain; a cluster is the more certain the larger it is. */
  private static double confidence(Group group) {
    return group.known != null || !group.name.isEmpty() ? 0.9 : Math.min(0.8, 0.3 + 0.1 * Math.log1p(group.size()));
  }

  static Set<String> participants(List<Utterance> utterances) {
    Set<String> names = new HashSet<>();
    utterances.forEach(u -> names.addAll(Utterance.namesOf(u.message().authorName())));
    return names;
  }
}
