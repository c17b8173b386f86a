package tasktracker.project;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The form of a project. Lists are texts with one entry a line, so that it works without scripts. */
public class ProjectForm {

  @FormParam("name")
  @DefaultValue("") String name = "";
  @FormParam("description")
  @DefaultValue("") String description = "";
  @FormParam("keywords")
  @DefaultValue("") String keywords = "";
  @FormParam("glossary")
  @DefaultValue("") String glossary = "";
  @FormParam("components")
  @DefaultValue("") String components = "";
  @FormParam("critical")
  @DefaultValue("") String critical = "";
  @FormParam("high")
  @DefaultValue("") String high = "";
  @FormParam("language")
  @DefaultValue("") String language = "";
  @FormParam("active") boolean active;
  @FormParam("revision")
  @Nullable Integer revision;

  static ProjectForm blank() {
    ProjectForm form = new ProjectForm();
    form.active = true;
    return form;
  }

  static ProjectForm of(Project project) {
    ProjectForm form = new ProjectForm();
    ProjectFields fields = project.fields();
    form.name = fields.name();
    form.description = fields.description();
    form.keywords = String.join("\n", fields.keywords());
    form.glossary = fields.glossary().entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).collect(Collectors.joining("\n"));
    form.components = fields.components().stream().map(part -> part.name() + ": " + String.join(", ", part.keywords()))
        .collect(Collectors.joining("\n"));
    form.critical = String.join("\n", fields.criticalKeywords());
    form.high = String.join("\n", fields.highKeywords());
    form.language = fields.language() == null ? "" : fields.language();
    form.active = fields.isActive();
    form.revision = project.revision();
    return form;
  }

  /**
   * The fields of the project.
   *
   * @param old the project before, whose people stay; null for a new one
   * @throws Problem 400 or 422 when a value is not allowed
   */
  ProjectFields fields(@Nullable ProjectFields old) {
    return new ProjectFields(name, description, words(keywords), terms(), parts(), words(critical), words(high),
        old == null ? List.of() : old.defaultAssigneeIds(), old == null ? null : old.pmPersonId(), language.isEmpty() ? null : language,
        active);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[\\r\\n,]+")).map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  private Map<String, String> terms() {
    Map<String, String> terms = new LinkedHashMap<>();
    for (String line : lines(glossary)) {
      String[] sides = split(line, "glossary");
      terms.put(sides[0], sides[1]);
    }
    return terms;
  }

  private List<Component> parts() {
    List<Component> parts = new ArrayList<>();
    for (String line : lines(components)) {
      String[] sides = line.contains(":") ? split(line, "components") : new String[]{line, ""};
      parts.add(new Component(sides[0], words(sides[1])));
    }
    return parts;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static String[] split(String line, String field) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.project.line", field, line));
    }
    return new String[]{line.substring(0, colon).strip(), line.substring(colon + 1).strip()};
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  public String keywords() {
    return keywords;
  }

  public String glossary() {
    return glossary;
  }

  public String components() {
    return components;
  }

  public String critical() {
    return critical;
  }

  public String high() {
    return high;
  }

  public String language() {
    return language;
  }

  public boolean isActive() {
    return active;
  }

  public @Nullable Integer revision() {
    return revision;
  }
}
