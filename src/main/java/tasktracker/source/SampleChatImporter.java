package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import tasktracker.platform.security.Identity;

/** The chat that comes with the product, imported like any file that somebody chose. */
@ApplicationScoped
public class SampleChatImporter {

  private static final String FILE = "/demo/chat.json";
  private static final String FORMAT = "telegram-export";

  @Inject private Imports imports;
  @Inject private ImportFiles files;
  @Inject private ImportFormats formats;
  @Inject private Identity identity;

  /** Begins the import, which starts by itself once it is rehearsed. */
  public UUID bring() {
    UUID id = imports.open(identity.required().name());
    try (InputStream chat = SampleChatImporter.class.getResourceAsStream(FILE)) {
      long length = files.keep(id, chat, Long.MAX_VALUE);
      imports.uploaded(id, formats.named(FORMAT), "sample chat", length, true);
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
