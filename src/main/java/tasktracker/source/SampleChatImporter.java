package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import tasktracker.platform.security.Identity;
import tasktracker.source.format.ImportFormats;

/** Imports the sample chat of the product like an uploaded file. */
@ApplicationScoped
public class SampleChatImporter {

  private static final String FILE = "/demo/chat.json";
  private static final String FORMAT = "telegram-export";

  @Inject private Imports imports;
  @Inject private ImportFiles files;
  @Inject private ImportFormats formats;
  @Inject private Identity identity;

  /** Creates the import, which starts by itself after the dry run. */
  public UUID importSample() {
    UUID id = imports.create(identity.required().name());
    try (InputStream chat = SampleChatImporter.class.getResourceAsStream(FILE)) {
      long length = files.save(id, chat, Long.MAX_VALUE);
      imports.finishUpload(id, formats.find(FORMAT), "sample chat", length, true);
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
