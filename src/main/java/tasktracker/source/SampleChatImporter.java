package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.UUID;
import tasktracker.platform.security.Identity;
import tasktracker.source.format.ImportFormats;

/** Imports the {@link SampleChat} like an uploaded file. */
@ApplicationScoped
public class SampleChatImporter {

  private static final String FORMAT = "telegram-export";

  @Inject private Imports imports;
  @Inject private ImportFiles files;
  @Inject private ImportFormats formats;
  @Inject private Identity identity;
  @Inject private Clock clock;

  /** Creates the import, which starts by itself after the dry run. */
  public UUID importSample() {
    UUID id = imports.create(identity.required().name());
    byte[] chat = SampleChat.before(clock.instant());
    try {
      long length = files.save(id, new ByteArrayInputStream(chat), Long.MAX_VALUE);
      imports.finishUpload(id, formats.find(FORMAT), "sample chat", length, true);
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
