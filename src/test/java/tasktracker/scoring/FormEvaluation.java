package tasktracker.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.RepeatedShapes;

/** Counts what explicit markers and repeated shapes find, and what they find wrongly. */
final class FormEvaluation {

  private final MessageClassifier classifier;
  private final EvaluationData data;

  FormEvaluation(MessageClassifier classifier, EvaluationData data) {
    this.classifier = classifier;
    this.data = data;
  }

  void printTo(java.io.PrintStream out) {
    out.println("Explicit markers");
    printMarkers(out, "w3c-minutes, lines with ACTION, RESOLVED, RESOLUTION", data.markedLines());
    printMarkers(out, "w3c-minutes, the same lines and all others without them",
        data.meetings().stream().map(EvaluationData.Line::text).toList());
    data.chats().forEach((name, texts) -> printMarkers(out, name, texts));
    out.println("Messages of bots by their shape");
    Map<String, List<String>> authors = data.ircByAuthor();
    printShapes(out, "irc-disentanglement, the bots ubottu, ubotu", authors, true);
    printShapes(out, "irc-disentanglement, people", authors, false);
  }

  private void printMarkers(java.io.PrintStream out, String name, List<String> texts) {
    out.printf(Locale.ROOT, "  %-58s %5d of %d%n", name, texts.stream().filter(classifier::isMarked).count(), texts.size());
  }

  private static void printShapes(java.io.PrintStream out, String name, Map<String, List<String>> authors, boolean bots) {
    int found = 0;
    int all = 0;
    for (Map.Entry<String, List<String>> author : authors.entrySet()) {
      if (author.getKey().matches("(?i)ubott?u.*") == bots) {
        found += countAutomated(author.getValue());
        all += author.getValue().size();
      }
    }
    out.printf(Locale.ROOT, "  %-58s %5d of %d%n", name, found, all);
  }

  private static int countAutomated(List<String> texts) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      RepeatedShapes shapes = RepeatedShapes.of(texts.subList(Math.max(0, i + 1 - RepeatedShapes.LEARNT_FROM), i + 1));
      if (shapes.count(texts.get(i)) > 0) {
        found.add(texts.get(i));
      }
    }
    return found.size();
  }
}
