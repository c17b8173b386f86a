package tasktracker.knowledge.model;

import java.util.ArrayList;
import java.util.List;
import tasktracker.project.Component;
import tasktracker.project.Project;
import tasktracker.project.ProjectFields;

/** What a model is told of a project: name, description, glossary, components and words of priority. */
public final class ProjectWords {

  /** As many characters as leave most of a small context to the messages. */
  private static final int MAX_LENGTH = 4_000;
  private static final int MAX_LINE = 400;

  private ProjectWords() {}

  /** The text, one fact a line. Lines that do not fit any more are left out. */
  public static String of(Project project) {
    StringBuilder text = new StringBuilder();
    for (String line : lines(project.fields())) {
      String plain = line.replaceAll("\\s+", " ").strip();
      String shortened = plain.substring(0, Math.min(MAX_LINE, plain.length()));
      if (text.length() + shortened.length() < MAX_LENGTH) {
        text.append(shortened).append('\n');
      }
    }
    return text.toString();
  }

  private static List<String> lines(ProjectFields fields) {
    List<String> lines = new ArrayList<>();
    lines.add("Project " + fields.name() + (fields.description().isEmpty() ? "" : ": " + fields.description()));
    fields.glossary().forEach((term, meaning) -> lines.add(term + ": " + meaning));
    for (Component part : fields.components()) {
      lines.add("Component " + part.name() + (part.keywords().isEmpty() ? "" : ": " + String.join(", ", part.keywords())));
    }
    add(lines, "Critical", fields.criticalKeywords());
    add(lines, "High priority", fields.highKeywords());
    return lines;
  }

  private static void add(List<String> lines, String priority, List<String> words) {
    if (!words.isEmpty()) {
      lines.add(priority + " when a message has one of these words: " + String.join(", ", words));
    }
  }
}
