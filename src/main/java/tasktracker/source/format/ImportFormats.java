package tasktracker.source.format;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** All file formats that can be imported. */
@ApplicationScoped
public class ImportFormats {

  private List<ImportFormat> known = List.of();

  @Inject
  public ImportFormats(@Any Instance<ImportFormat> sources) {
    this(sources.stream().toList());
  }

  ImportFormats(List<ImportFormat> known) {
    this.known = List.copyOf(known);
  }

  /** Their names. */
  public List<String> names() {
    return known.stream().map(ImportFormat::format).sorted().toList();
  }

  /** @throws Problem 422 when there is no such format */
  public ImportFormat find(@Nullable String format) {
    Optional<ImportFormat> found = known.stream().filter(s -> s.format().equals(format)).findFirst();
    return found.orElseThrow(() -> Problem.unprocessable(LocalizedMessage.of("problem.upload.source", String.join(", ", names()))));
  }
}
