package tasktracker.knowledge.builtin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tasktracker.knowledge.analyst.Quote;

/** What a message is in its conversation: the answer to a question, or something that comes after a problem. */
final class MessageRoles {

  /** The number of messages after a question in which an answer without a reply is looked for. */
  private static final int NEAR = 2;
  private static final double CLEAR = 0.9;
  private static final int MIN_QUESTION_WORDS = 3;

  private final Map<UUID, Integer> positions = new HashMap<>();
  private final Map<UUID, Utterance> questions = new HashMap<>();
  private final Set<UUID> afterProblem = new HashSet<>();

  MessageRoles(List<Conversation> conversations) {
    conversations.forEach(conversation -> read(conversation.utterances()));
  }

  private void read(List<Utterance> utterances) {
    boolean hasProblem = false;
    for (int i = 0; i < utterances.size(); i++) {
      Utterance utterance = utterances.get(i);
      positions.put(utterance.id(), i);
      if (hasProblem) {
        afterProblem.add(utterance.id());
      }
      hasProblem |= utterance.isCandidate() && utterance.parts().stream().anyMatch(part -> part.cues().strength("problem") >= CLEAR);
      if (!asks(utterance)) {
        utterances.subList(Math.max(0, i - NEAR), i).stream().filter(question -> asks(question) && !question.isBy(utterance))
            .forEach(question -> questions.put(utterance.id(), question));
      }
    }
  }

  private static boolean asks(Utterance utterance) {
    return utterance.parts().stream().anyMatch(part -> part.sentence().isQuestion() && part.words() >= MIN_QUESTION_WORDS
        && part.cues().strength("idea") < CLEAR);
  }

  /** The number of messages of the conversation before it. */
  int position(Utterance utterance) {
    return positions.getOrDefault(utterance.id(), 0);
  }

  boolean isAnswer(Utterance utterance) {
    return questions.containsKey(utterance.id());
  }

  /** The question that the message answers. */
  Optional<Quote> question(Utterance answer) {
    return Optional.ofNullable(questions.get(answer.id())).map(question -> {
      Sentence sentence = question.parts().stream().map(Utterance.Part::sentence).filter(Sentence::isQuestion).findFirst().orElseThrow();
      return new Quote(question.id(), sentence.start(), sentence.end());
    });
  }

  boolean isAfterProblem(Utterance utterance) {
    return afterProblem.contains(utterance.id());
  }
}
