package tasktracker.task.analysis;

import tasktracker.platform.batch.BatchFailure;

/** A quoted message was edited or deleted while the analyst read it. Nothing of the batch was stored; it is read again. */
class MessagesEdited extends RuntimeException implements BatchFailure {

  private static final long serialVersionUID = 1L;

  MessagesEdited() {
    super("A quoted message was changed while it was read");
  }
}
