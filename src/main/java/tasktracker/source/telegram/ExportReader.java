package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import tasktracker.source.ChatSource;
import tasktracker.source.Transcript;

/** Telegram Desktop's machine-readable export. */
@ApplicationScoped
public class ExportReader implements ChatSource {

  @Override
  public String format() {
    return "telegram-export";
  }

  @Override
  public String sourceName() {
    return "telegram";
  }

  @Override
  public String sourceType() {
    return "telegram";
  }

  @Override
  public Transcript open(InputStream file) {
    return new ExportTranscript(file);
  }
}
