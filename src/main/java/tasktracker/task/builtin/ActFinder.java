package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.task.analyst.ChatPerson;
import tasktracker.task.builtin.Act.Kind;

/** Finds what a sentence asks for, promises or assigns. The cost is linear in the number of words. */
final class ActFinder {

  private static final double THIRD_PERSON = 1.3;
  private static final double CHARGED = 1.7;
  private static final double TO_DO = 2;
  private static final double BARE = 1;
  private static final int MAX_NAMES = 8;
  private static final double HEDGED = 0.6;
  private static final double REPORTED = 0.9;
  private static final double CONDITIONAL = 0.7;
  private static final Set<String> CHARGES = Set.of("will", "should", "must", "shall", "has", "needs", "have", "have to", "має", "повинен",
      "повинна", "візьме", "мусить", "должен", "должна", "возьмёт", "возьмет", "отвечает", "відповідає");
  private static final Set<String> PREPOSITIONS = Set.of("на", "зі", "із", "з", "до", "від", "для", "по", "за", "про", "у", "в", "из", "со",
      "от", "с", "о", "об");
  private static final Set<String> HOMONYMS = Set.of("складу", "перекладу", "викладу", "розкладу", "подам", "дам", "справлю", "продам");
  private static final Set<String> NOT_NAMES = Set.of("need", "want", "going", "have", "able", "trying", "try", "used", "due", "next",
      "back", "like", "hard", "easy", "ready", "glad", "nice", "good", "great", "sorry", "happy", "thanks", "welcome", "up", "how", "what",
      "where", "when", "who", "which", "whether", "time", "way", "plan", "plans", "idea", "reason", "link", "links", "access", "according",
      "it", "this", "that", "there", "they", "we", "you", "he", "she", "i", "nothing", "something", "anything", "everything", "nobody",
      "somebody", "someone", "everyone", "everybody", "people", "one", "two", "point", "regarding", "thank", "in", "on", "as", "only",
      "just", "not", "or", "and", "but", "so", "yes", "no", "ok", "interesting", "important", "possible", "better", "best", "worth", "free",
      "likely", "proposal", "agenda", "action", "actions", "request", "attempt", "decision", "pr", "more", "enough", "also", "then", "now",
      "here", "opportunity", "goal", "responsibility", "requirement", "intent", "motion", "objection", "if", "is", "are", "was", "were");

  private final Clauses clauses;
  private final List<ActWords.Match> matches;

  private ActFinder(Clauses clauses) {
    this.clauses = clauses;
    this.matches = ActWords.shared().find(clauses.words());
  }

  /** The assignments to people, and the strongest of the other acts. */
  static List<Act> find(Clauses clauses) {
    return new ActFinder(clauses).find();
  }

  private List<Act> find() {
    List<Act> acts = new ArrayList<>();
    matches.forEach(match -> byPhrase(match).ifPresent(acts::add));
    for (int i = 0; i < clauses.size(); i++) {
      byVerb(i).ifPresent(acts::add);
      byName(i).ifPresent(acts::add);
    }
    acts.replaceAll(act -> act.with(act.weight() - penalty(act)));
    List<Act> found = new ArrayList<>(acts.stream().filter(act -> act.kind() == Kind.ASSIGN && act.verb() >= 0).toList());
    acts.stream().filter(act -> act.kind() != Kind.ASSIGN).max(Comparator.comparingDouble(Act::weight).thenComparing(act -> -act.verb()))
        .filter(act -> found.stream().allMatch(assigned -> assigned.weight() < act.weight() && assigned.verb() != act.verb()
            && !act.kind().needsAgreement()) || found.isEmpty())
        .ifPresent(found::add);
    return found;
  }

  private Optional<Act> byPhrase(ActWords.Match match) {
    return switch (match.section()) {
      case ActWords.ASK -> create(Kind.ASK, match, clauses.verbAfter(match.to()), isPermission(match) ? 0.8 : 0);
      case ActWords.PLEASE -> create(Kind.ASK, match, please(match), 0);
      case ActWords.PROMISE -> clauses.isQuestion() ? Optional.empty() : promise(match);
      case ActWords.NEED -> clauses.asksSomething() || clauses.isNegatedBefore(match.from()) ? Optional.empty() : need(match);
      case ActWords.OPEN -> create(Kind.OPEN, match, clauses.verbAfter(match.to()), 0);
      case ActWords.OFFER -> clauses.isQuestion() || clauses.isNegatedBefore(match.to())
          ? Optional.empty()
          : create(Kind.OFFER, match, clauses.verbAfter(match.to()), 0);
      case ActWords.PROPOSAL -> create(Kind.PROPOSAL, match, clauses.verbAfter(match.to()), 0);
      default -> Optional.empty();
    };
  }

  /** "You can take the car" allows; "can you take the car" asks. */
  private boolean isPermission(ActWords.Match match) {
    return !clauses.isQuestion() && !clauses.get(match.from()).isLatin()
        && clauses.text(match.from(), match.to()).matches("(?:мож|мог|міг).*");
  }

  private Optional<Act> create(Kind kind, ActWords.Match match, int verb, double less) {
    if (verb < 0) {
      return Optional.empty();
    }
    Verbs.Verb known = Verbs.of(clauses.get(verb), clauses.isRussian());
    String text = known == null || known.form() == Verbs.Form.BASE ? "" : known.infinitive();
    return Optional.of(new Act(kind, verb, text, match.weight() - less, clauses.text(match.from(), match.to()), null, null));
  }

  private int please(ActWords.Match match) {
    int after = clauses.verbAfter(match.to());
    if (after >= 0) {
      return after;
    }
    return clauses.isQuestion() ? -1 : clauses.imperative();
  }

  private Optional<Act> promise(ActWords.Match match) {
    String cue = clauses.text(match.from(), match.to());
    boolean isWhole = cue.startsWith("за м") || cue.startsWith("на м") || cue.equals("с меня");
    if (isWhole) {
      boolean hasContent = clauses.words().stream().filter(Word::isWord).count() > match.to() - match.from() + 1L;
      return hasContent ? create(Kind.PROMISE, match, 0, 0) : Optional.empty();
    }
    boolean isObject = cue.startsWith("беру на");
    return create(Kind.PROMISE, match, isObject && clauses.has(match.to()) ? match.from() : clauses.verbAfter(match.to()), 0);
  }

  private Optional<Act> need(ActWords.Match match) {
    boolean isLabel = clauses.get(match.to() - 1).is(":");
    int verb = isLabel && clauses.has(match.to()) ? match.to() : clauses.verbAfter(match.to());
    return create(Kind.NEED, match, verb, 0);
  }

  private Optional<Act> byVerb(int index) {
    Word word = clauses.get(index);
    Verbs.Verb verb = Verbs.of(word, clauses.isRussian());
    if (verb == null || clauses.isNegatedBefore(index)) {
      return Optional.empty();
    }
    boolean starts = clauses.isClauseStart(index);
    double weight = switch (verb.form()) {
      case BASE ->
        clauses.asksSomething() || !isOrder(index) || !clauses.isImperative(index) ? 0 : clauses.hasObject(index) ? BARE + 0.4 : BARE;
      case INFINITIVE -> !clauses.isQuestion() && !clauses.isInstruction() && starts ? BARE : 0;
      case FIRST -> clauses.isQuestion() || isNoun(index) ? 0 : 2;
      case IMPERATIVE -> starts && !(isAmbiguous(word) && clauses.isQuestion()) ? 1.9 : 0;
      case SECOND -> clauses.isQuestion() && !clauses.hasQuestionWord() ? 1.9 : 0;
      case THIRD -> 0;
    };
    if (weight == 0) {
      return Optional.empty();
    }
    Kind kind = switch (verb.form()) {
      case FIRST -> Kind.PROMISE;
      case IMPERATIVE, SECOND -> Kind.ASK;
      default -> Kind.IMPERATIVE;
    };
    String text = verb.form() == Verbs.Form.BASE ? "" : verb.infinitive();
    return Optional.of(new Act(kind, index, text, weight, word.text(), null, null));
  }

  private boolean isOrder(int index) {
    boolean afterLabel = clauses.has(index - 1) && (clauses.get(index - 1).is(":") || clauses.get(index - 1).is("—"));
    return clauses.isSentenceStart(index) || afterLabel;
  }

  /** Whether it is rather a form of a noun, such as "на складу". */
  private boolean isNoun(int index) {
    boolean afterPreposition = index > 0 && PREPOSITIONS.contains(clauses.get(index - 1).text());
    return afterPreposition || HOMONYMS.contains(clauses.get(index).text()) && !clauses.isClauseStart(index);
  }

  /** A past tense that reads like an imperative. */
  private static boolean isAmbiguous(Word word) {
    return word.is("пришли") || word.is("вышли") || word.is("нашли");
  }

  private Optional<Act> byName(int index) {
    Word word = clauses.get(index);
    if (clauses.isQuestion() || !word.isWord()) {
      return Optional.empty();
    }
    boolean isKnown = clauses.names().isName(word);
    boolean mayBeName = index == 0 && word.isLatin() && Character.isLetter(word.text().charAt(0)) && word.isCapital()
        && !NOT_NAMES.contains(word.text()) && !Verbs.isEnglish(word.text());
    if (!isKnown && !mayBeName || isKnown && isPartOfName(index)) {
      return Optional.empty();
    }
    ChatPerson person = clauses.names().person(word).orElse(null);
    Optional<Act> several = index == 0 ? namesToDo() : Optional.empty();
    if (several.isPresent()) {
      return several;
    }
    int next = index + 1;
    while (isKnown && clauses.has(next) && clauses.get(next).isWord() && sameName(person, clauses.get(next))) {
      next++;
    }
    return clauses.has(next) ? assigned(index, next, isKnown, person) : Optional.empty();
  }

  /** "Kim, Jo and Lee to draft the report", "Jim Goodell to ask the vendor": names of people who need not be in the chat. */
  private Optional<Act> namesToDo() {
    int to = 1;
    boolean areSeveral = false;
    while (clauses.has(to) && to <= MAX_NAMES && (clauses.get(to).isCapital() || clauses.get(to).is(",") || clauses.get(to).is("and"))) {
      areSeveral |= !clauses.get(to).isCapital();
      to++;
    }
    boolean isToDo = to > 1 && clauses.has(to + 1) && clauses.get(to).is("to") && Verbs.isEnglish(clauses.get(to + 1).text());
    if (!isToDo) {
      return Optional.empty();
    }
    Optional<ChatPerson> person = areSeveral ? Optional.empty() : clauses.names().person(clauses.get(0));
    return Optional.of(new Act(Kind.ASSIGN, to + 1, "", CHARGED, clauses.text(0, to + 2), person.orElse(null),
        areSeveral ? null : clauses.text(0, to)));
  }

  private boolean isPartOfName(int index) {
    return index > 0 && clauses.names().person(clauses.get(index)).isPresent()
        && sameName(clauses.names().person(clauses.get(index)).orElse(null), clauses.get(index - 1));
  }

  private boolean sameName(@Nullable ChatPerson person, Word word) {
    return person != null && clauses.names().person(word).filter(other -> other.id().equals(person.id())).isPresent();
  }

  private Optional<Act> assigned(int name, int next, boolean isKnown, @Nullable ChatPerson person) {
    Word word = clauses.get(next);
    if (clauses.inList() && isKnown && (word.is(":") || word.is("-") || word.is("—") || word.is("–")) && clauses.has(next + 1)) {
      return assign(name, next + 1, verbText(next + 1), TO_DO, person);
    }
    if (word.is("to") && clauses.isClauseStart(name) && clauses.has(next + 1) && Verbs.isEnglish(clauses.get(next + 1).text())) {
      return assign(name, next + 1, "", isKnown ? TO_DO : CHARGED, person);
    }
    if (CHARGES.contains(word.text())) {
      int verb = clauses.verbAfter(clauses.has(next + 1) && clauses.get(next + 1).is("to") ? next + 2 : next + 1);
      boolean isModal = !word.is("has") && !word.is("have") || clauses.has(next + 1) && clauses.get(next + 1).is("to");
      return verb < 0 || !isModal ? Optional.empty() : assign(name, verb, verbText(verb), isKnown ? CHARGED : BARE, person);
    }
    return isKnown ? thirdPerson(name, next, person) : Optional.empty();
  }

  private Optional<Act> thirdPerson(int name, int next, @Nullable ChatPerson person) {
    Word word = clauses.get(next);
    if (word.isLatin()) {
      String base = Verbs.baseOfThird(word.text());
      return base == null || !clauses.has(next + 1) && !clauses.isClauseStart(name)
          ? Optional.empty()
          : assign(name, next, base, THIRD_PERSON, person);
    }
    boolean isDash = (word.is("-") || word.is("—") || word.is("–")) && clauses.has(next + 1) && Verbs.isInfinitive(clauses.get(next + 1));
    if (isDash) {
      return assign(name, next + 1, verbText(next + 1), CHARGED, person);
    }
    Verbs.Verb verb = Verbs.of(word, clauses.isRussian());
    return verb != null && verb.form() == Verbs.Form.THIRD
        ? assign(name, next, verb.infinitive(), THIRD_PERSON + 0.2, person)
        : Optional.empty();
  }

  private String verbText(int index) {
    Verbs.Verb verb = Verbs.of(clauses.get(index), clauses.isRussian());
    return verb == null || verb.form() == Verbs.Form.BASE ? "" : verb.infinitive();
  }

  private Optional<Act> assign(int name, int verb, String verbText, double weight, @Nullable ChatPerson person) {
    Word word = clauses.get(name);
    return Optional.of(new Act(Kind.ASSIGN, verb, verbText, weight, clauses.text(name, verb + 1), person,
        word.isMention() ? word.text().substring(1) : word.text()));
  }

  /** What makes it less certain: words of doubt, what others said, and conditions before it. */
  private double penalty(Act act) {
    double penalty = 0;
    Set<String> seen = new java.util.HashSet<>();
    for (ActWords.Match match : matches) {
      boolean isBefore = match.from() < act.verb();
      boolean isPolite = act.kind() == Kind.ASK || act.kind().needsAgreement();
      if (!isBefore || isPolite && !match.section().equals("report") || !seen.add(match.section())) {
        continue;
      }
      penalty += switch (match.section()) {
        case "hedge" -> HEDGED;
        case "report" -> REPORTED;
        case "condition" -> CONDITIONAL;
        default -> 0;
      };
    }
    return penalty;
  }
}
