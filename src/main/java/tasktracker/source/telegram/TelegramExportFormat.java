package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.ImportFormat;
import tasktracker.source.FileKind;
import tasktracker.source.Transcript;
import tasktracker.source.UnreadableFile;

/** Telegram Desktop's machine-readable export. */
@ApplicationScoped
public class TelegramExportFormat implements ImportFormat {

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
    FileKind.Opened opened = FileKind.detect(file);
    opened.kind().filter(kind -> kind != FileKind.JSON).ifPresent(kind -> {
      throw UnreadableFile.foreign(LocalizedMessage.of("problem.file.telegram.kind", kind.saying()));
    });
    return new ExportTranscript(opened.file());
  }
}
