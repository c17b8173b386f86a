package tasktracker.task.builtin;

import org.jspecify.annotations.Nullable;
import tasktracker.task.analyst.ChatPerson;

/**
 * What a sentence does: it asks for work, promises it, assigns it.
 *
 * @param verb the index of the word with which the work begins, or -1 if the sentence does not say what is to be done
 * @param verbText how a title begins, or an empty string for the word itself
 * @param cue the words that show it
 * @param person the member of the chat who is named as the one who does it, or null
 * @param name the name as the sentence has it, or null
 */
record Act(Kind kind, int verb, String verbText, double weight, String cue, @Nullable ChatPerson person, @Nullable String name) {

  /** The kinds of acts; the name in lower case is the last part of the code of the reason. */
  enum Kind {
    PROMISE, ASK, ASSIGN, NEED, IMPERATIVE, OPEN, OFFER, PROPOSAL;

    /** Whether it is a task only when somebody agrees. */
    boolean needsAgreement() {
      return this == OPEN || this == OFFER || this == PROPOSAL;
    }

    /** Whether somebody else than the author is to do it. */
    boolean isAddressed() {
      return this == ASK || this == IMPERATIVE;
    }
  }

  @Nullable
  String assigneeName() {
    return person == null ? name : person.displayName();
  }

  Act with(double other) {
    return new Act(kind, verb, verbText, other, cue, person, name);
  }
}
