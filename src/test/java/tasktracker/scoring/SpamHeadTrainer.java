package tasktracker.scoring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import tasktracker.scoring.model.LogisticRegression;
import tasktracker.scoring.model.SectionedFile;
import tasktracker.scoring.model.SpamFeatures;
import tasktracker.scoring.model.StyleFeatures;
import tasktracker.scoring.model.Tokenizer;

/**
 * Trains the spam head on hand-written files, the labelled messages of a group, and ordinary talk of other chats, which is
 * not spam.
 */
final class SpamHeadTrainer {

  private static final int STEPS = 200;
  private static final double RIDGE = 0.00005;
  /** Messages of a real group weigh more than written ones and than talk of other kinds. Tuned. */
  private static final float LABELLED_WEIGHT = 8;
  /** The total weight of a chat, whatever its size. */
  private static final float CHAT_WEIGHT = 200;
  private static final int CHAT_SIZE = 1000;
  private static final float VARIANT_WEIGHT = 0.3f;
  private static final List<String> EMOJI = List.of("👍", "🔥", "😭", "🎉", "✅", "❗", "🚀", "😂");
  private static final List<String> LINKS = List.of("https://github.com/acme/app/issues/%d", "http://paste.example.org/%d",
      "https://docs.example.org/p/%d.html", "https://t.me/c/12/%d", "www.example.com/%d");
  private static final List<String> MONEY = List.of("$%d", "%d$", "€%d", "%d грн", "%d руб", "%d₴");

  private final List<LogisticRegression.Example> examples = new ArrayList<>();

  private SpamHeadTrainer() {}

  /** @param chats ordinary messages, one list for each chat */
  static LogisticRegression train(List<LabelledExample> labelled, Collection<List<String>> chats) {
    SpamHeadTrainer trainer = new SpamHeadTrainer();
    trainer.addHandWritten();
    labelled.forEach(message -> trainer.addLabelled(message.texts().getFirst(), message.label()));
    chats.forEach(trainer::addChat);
    return LogisticRegression.train(trainer.examples, StyleFeatures.SIZE, SpamFeatures.BUCKETS, RIDGE, STEPS);
  }

  private void addHandWritten() {
    SectionedFile.read("scoring/spam.txt").forEach((section, lines) -> lines.forEach(line -> addWritten(line, section.equals("spam"))));
    SectionedFile.read("scoring/ordinary.txt").values().forEach(lines -> lines.forEach(line -> addWritten(line, false)));
    for (String language : List.of("en", "uk", "ru")) {
      for (String kind : List.of("sentences_", "general_", "background_")) {
        SectionedFile.read("scoring/" + kind + language + ".txt").values().forEach(lines -> lines.forEach(line -> addWritten(line, false)));
      }
    }
  }

  /** Adds a hand-written line, also with a link, money, emoji or capitals, which alone are no sign of spam or of its absence. */
  private void addWritten(String text, boolean spam) {
    examples.add(example(text, spam, 1));
    examples.add(example(variant(text), spam, spam ? 1 : VARIANT_WEIGHT));
  }

  private void addLabelled(String text, boolean spam) {
    examples.add(example(text, spam, LABELLED_WEIGHT));
    if (!spam) {
      examples.add(example(variant(text), false, VARIANT_WEIGHT));
    }
  }

  /** Adds a sample of the messages, in which those with links and code are frequent. */
  private void addChat(List<String> messages) {
    Set<String> sample = new LinkedHashSet<>(ScoringModelTrainer.sample(messages, CHAT_SIZE));
    sample.addAll(ScoringModelTrainer.sample(messages.stream().filter(t -> hasLink(t) || hasCode(t)).toList(), CHAT_SIZE / 3));
    float weight = Math.min(1, CHAT_WEIGHT / sample.size());
    sample.forEach(text -> examples.add(example(text, false, weight)));
  }

  static boolean hasLink(String text) {
    return Tokenizer.tokenize(text).contains("<url>");
  }

  static boolean hasCode(String text) {
    return Tokenizer.tokenize(text).stream().anyMatch(Set.of("<code>", "<trace>", "<path>")::contains);
  }

  private static LogisticRegression.Example example(String text, boolean spam, float weight) {
    SpamFeatures features = SpamFeatures.of(text, Tokenizer.tokenize(text));
    return new LogisticRegression.Example(features.style(), features.buckets(), features.bucketValue(), spam, weight);
  }

  /** A variant that depends only on the text. */
  private static String variant(String text) {
    Random random = new Random(text.hashCode());
    String number = String.valueOf(1 + random.nextInt(5000));
    String link = any(LINKS, random).replace("%d", number);
    String emoji = any(EMOJI, random);
    return switch (random.nextInt(5)) {
      case 0 -> text + " " + emoji.repeat(1 + random.nextInt(4));
      case 1 -> text + " " + link;
      case 2 -> text + " " + any(MONEY, random).replace("%d", number);
      case 3 -> text.toUpperCase(Locale.ROOT);
      default -> link + " " + text + " " + emoji;
    };
  }

  private static String any(List<String> options, Random random) {
    return options.get(random.nextInt(options.size()));
  }
}
