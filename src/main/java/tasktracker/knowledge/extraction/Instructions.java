package tasktracker.knowledge.extraction;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Recognises messages that try to give orders to an analyst. They change nothing; what rests on them is marked for people.
 * Bounded repetitions only, so that the cost grows with the length of the text and no faster.
 */
public final class Instructions {

  private static final Pattern HIDDEN = Pattern.compile("\\p{Cf}+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0]+");
  private static final String START = "(?:^|[.!?:>\\]] ?)";
  private static final Pattern ORDERS = Pattern.compile(String.join("|",
      // Set aside what was said before.
      "\\b(?:ignore|disregard|override|(?:do not|don't) follow|forget)\\b.{0,40}\\b(?:instruction|prompt|system rule|direction)s?\\b",
      "\\bforget (?:everything|all) (?:that )?(?:you|above|before)",
      START + "new (?:system )?(?:instructions?|prompt|rules?):",
      // Be somebody else.
      "\\byou are (?:now |a |an )[^.!?]{0,30}\\b(?:assistant|language model|ai|chatbot)\\b",
      "\\b(?:pretend (?:to be|that you are|you are)|act as|behave as|respond as) (?:an? |the )?"
          + "(?:\\w+ )?(?:ai|assistant|language model|admin\\w*|system)\\b",
      "\\bas an? (?:ai|assistant|language model),? you\\b", "\\bfrom now on,? you (?:must|will|should|have to|always|are)\\b",
      "\\b(?:reveal|print|show|repeat|output|leak|tell me) .{0,20}\\b(?:system|hidden|initial) (?:prompt|message|instruction)",
      // Roles of the formats of models.
      START + "(?:system|система|assistant|developer) ?:", "<\\|?/?(?:im_start|im_end|system|assistant|endoftext)\\b",
      "\\[/?(?:inst|system)\\]",
      "#{2,} ?(?:instruction|system|інструкц|инструкц)",
      // Decide about knowledge.
      "\\b(?:approve|reject|delete|archive|mark)\\b[^.!?]{0,30}\\b(?:all|every|each|these)\\b[^.!?]{0,30}"
          + "\\b(?:atom|topic|version|proposal|knowledge)",
      START + "(?:respond|reply|answer|output) (?:only )?(?:with|in) (?:only )?(?:json|the following (?:text|json|words))",
      // Speak to the reader as a program.
      "(?:^|[.!?] )(?:dear )?(?:assistant|ai|bot)[,:!]", "\\b(?:to|dear) (?:the |any )?(?:ai|assistant|language model|llm)\\b.{0,20}"
          + "\\b(?:that|which|who|reading|reads)\\b",
      "\\bwhen you (?:extract|analy[sz]e|summari[sz]e|read) [^.!?]{0,30}\\b(?:knowledge|chat|message|conversation)",
      // The same in Ukrainian and Russian.
      "(?:ігнору|не зважай|відкинь|забудь|не виконуй|игнориру|отбрось|не обращай внимания|не выполняй).{0,40}(?:інструкц|вказів|инструкц|указани)",
      "(?:забудь|відкинь|отбрось) (?:усі|всі|все) (?:попередні |предыдущие )?правила",
      START + "нов(?:і|ые) (?:інструкції|правила|инструкции):",
      "(?<!\\p{L})т[иы] (?:тепер |теперь |— |- |є )[^.!?]{0,20}(?:асистент|мовна модел|ассистент|языковая модел|штучн\\S+ інтелект|чат-?бот)",
      "(?:віднині|відтепер|отныне),? т[иы] (?:маєш|повин|мусиш|будеш|должен|будешь)",
      "(?:уяви|представь), (?:що|что) т[иы] (?:адмін|асист|мовна|модел|админ|ассист|языков)",
      "(?<!\\p{L})(?:дій|поводься|действуй|веди себя) як? ?(?:адмін|асист|мовна|модел|админ|ассист|языков)",
      "(?:покажи|виведи|розкрий|повтори|выведи|раскрой) .{0,20}системн\\S+ (?:промпт|повідомлен|інструкц|сообщен|инструкц)",
      "(?:схвал|затверд|відхил|видал|познач|одобри|утверди|отклони|удали|отметь)\\p{L}{0,5} (?:\\p{L}+ ){0,1}"
          + "(?:всі|усі|все|кожн\\p{L}+|кажд\\p{L}+) (?:\\p{L}+ ){0,2}(?:атом|тем[иуы]|верс|пропозиц|предложен|знан)",
      START + "(?:відповідай|отвечай) (?:лише|тільки|только) .{0,15}json",
      "(?:^|[.!?] )(?:асистенте|боте|ассистент|бот)[,:!]", "(?:^|[.!?] )для (?:ші|ии|штучного інтелекту|мовної моделі)[, ]",
      "коли (?:ти )?(?:витягуєш|аналізуєш|читаєш) .{0,20}(?:знання|чат|повідомлен)"),
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  private Instructions() {}

  /** Whether a text contains such an order. */
  public static boolean areIn(String text) {
    String visible = HIDDEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
    return ORDERS.matcher(SPACES.matcher(visible).replaceAll(" ").strip()).find();
  }
}
