package tasktracker.source.telegram.export;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.function.Supplier;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.FileKind;
import tasktracker.source.format.ImportFormat;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.UnreadableFile;

/** The machine-readable export of Telegram Desktop. */
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
    return open(file, InputStream::nullInputStream);
  }

  @Override
  public Transcript open(InputStream file, Supplier<InputStream> again) {
    FileKind.Opened opened = FileKind.detect(file);
    opened.kind().filter(kind -> kind != FileKind.JSON).ifPresent(kind -> {
      throw UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.telegram.kind", kind.description()));
    });
    return new ExportTranscript(opened.file(), again);
  }
}
