package tasktracker.source.slack;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import tasktracker.source.format.ImportFormat;
import tasktracker.source.format.Transcript;

/** The ZIP file of a Slack workspace export. */
@ApplicationScoped
public class SlackExportFormat implements ImportFormat {

  @Override
  public String format() {
    return "slack-export";
  }

  @Override
  public String sourceName() {
    return "slack";
  }

  @Override
  public String sourceType() {
    return "slack";
  }

  @Override
  public Transcript open(InputStream file) {
    return new SlackTranscript(SlackArchive.of(file));
  }
}
