package tasktracker.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Salted fingerprints of texts: the same normalised text has the same fingerprint on this installation only. */
@ApplicationScoped
public class Fingerprints {

  private static final String ALGORITHM = "HmacSHA256";
  private final Database database;
  private volatile @Nullable SecretKeySpec key;

  @Inject
  public Fingerprints(Database database) {
    this.database = database;
  }

  /** 32 bytes. */
  public byte[] of(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key());
      return mac.doFinal(NormalizedText.keyOf(text).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SecretKeySpec key() {
    SecretKeySpec known = key;
    if (known == null) {
      known = new SecretKeySpec(
          database.ask(sql -> sql.createQuery("select salt from knowledge_salt where id = 1").mapTo(byte[].class).one()),
          ALGORITHM);
      key = known;
    }
    return known;
  }
}
