package tasktracker.task.builtin;

import java.util.Arrays;
import java.util.List;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.scoring.model.Aspect;
import tasktracker.knowledge.builtin.Utterance;
import tasktracker.task.analyst.DecidedTask;
import tasktracker.task.analyst.TaskAnalystInput;

/** The scores behind the candidates, for evaluations. */
public final class TaskScores {

  private static final double NO_ACT = -3;
  private static final double ASPECT = 0.15;

  private TaskScores() {}

  /** The confidence of the best task of each message, and with equal ones its score; negative without a candidate. */
  public static double[] confidences(TaskAnalystInput input) {
    double[] scores = Arrays.stream(of(input)).map(score -> score / 1000 - 1).toArray();
    TaskFinder finder = new TaskFinder(input);
    for (TaskDraft draft : finder.find()) {
      int index = draft.utterance.index();
      scores[index] = Math.max(scores[index], finder.confidence(draft) + draft.score / 1000);
    }
    return scores;
  }

  /** The score of the best task that rests on each message; of a message without one, that of its aspect, and lower. */
  public static double[] of(TaskAnalystInput input) {
    double[] scores = new double[input.messages().size()];
    Arrays.setAll(scores, i -> NO_ACT + ASPECT * aspect(input.messages().get(i)));
    for (TaskDraft draft : new TaskFinder(input).rated()) {
      int index = draft.utterance.index();
      scores[index] = Math.max(scores[index], draft.score);
    }
    return scores;
  }

  private static double aspect(AnalystMessage message) {
    return Math.clamp(Utterance.of(0, message).z(Aspect.ASK_OR_PROMISE), -4, 4);
  }

  /** The scores of the candidates in their order. */
  public static List<Double> ofCandidates(TaskAnalystInput input) {
    return new TaskFinder(input).find().stream().map(draft -> draft.score).toList();
  }

  /** What decisions add to the score of each message. */
  public static double[] adjustments(List<DecidedTask> decided, List<AnalystMessage> messages) {
    TaskFeedback feedback = new TaskFeedback(decided);
    return messages.stream().mapToDouble(message -> feedback.adjustment(message.text(), Utterance.of(0, message))).toArray();
  }
}
