package tasktracker.knowledge.extraction;

import java.util.regex.Pattern;

/** Recognises messages that try to give orders to an analyst. They change nothing; what rests on them is marked for people. */
final class Instructions {

  private static final Pattern ORDERS = Pattern
      .compile("(?iu)(ignore|disregard|forget|override)\\b.{0,40}\\b(previous|above|prior|all|your|these|system)\\b"
          + ".{0,30}\\b(instruction|prompt|rule|message|direction|context)|"
          + "\\b(system|developer) (prompt|message)\\b|you are (now|a|an) .{0,30}\\b(assistant|model|ai|bot|admin)\\b|"
          + "\\b(as|act as|pretend to be) (an? )?(ai|assistant|language model|admin)|<\\|?(im_start|system|assistant)|\\[/?(inst|system)\\]|"
          + "\\b(approve|reject|delete|archive|mark)\\b.{0,30}\\b(all|every|this|these)\\b.{0,30}\\b(atom|topic|version|proposal|task|knowledge)|"
          + "(respond|reply|answer|output) (only )?(with|in) (json|the following)|"
          + "(ігнору|проігнору|забудь|відкинь|игнорируй|проигнорируй|забудь|отбрось).{0,40}(інструкц|вказівк|правил|попередн|инструкц|указан|предыдущ)|"
          + "(системн\\S* (промпт|повідомлен|сообщен))|(ти|ты) (тепер|теперь|є|—|-) .{0,30}(асистент|помічник|модел|ассистент|помощник|адмін|админ)|"
          + "(схвал|затверд|відхил|видал|одобри|утверди|отклони|удали).{0,30}(всі|все|кожн|кажд|цей|этот).{0,30}(атом|тем|верс|пропозиц|предложен|завдан|задач)");

  private Instructions() {}

  /** Whether a text contains such an order; only its beginning is looked at, so that the cost is bounded. */
  static boolean areIn(String text) {
    return ORDERS.matcher(text.substring(0, Math.min(text.length(), 4000))).find();
  }
}
