package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of extraction. */
@ApplicationScoped
public class ExtractionConfig {

  private static final int MIN_ATOMS = 3;
  private final boolean isAutomatic;
  private final int threshold;
  private final int lookbackHours;
  private final int batchSize;
  private final int atomsPerHundred;

  /**
   * @param isAutomatic whether extraction starts by itself
   * @param threshold so many unexamined signals start a run, 5 to 100
   * @param lookbackHours only messages of so many hours count, 1 to 168
   * @param batchSize messages that are examined at once, 10 to 200
   * @param atomsPerHundred the maximum number of atoms for each 100 messages, 1 to 100
   */
  @Inject
  public ExtractionConfig(@ConfigProperty(name = "knowledge.automatic", defaultValue = "true") boolean isAutomatic,
      @ConfigProperty(name = "knowledge.threshold", defaultValue = "10") int threshold,
      @ConfigProperty(name = "knowledge.lookback.hours", defaultValue = "24") int lookbackHours,
      @ConfigProperty(name = "knowledge.batch", defaultValue = "200") int batchSize,
      @ConfigProperty(name = "knowledge.atoms.per.hundred", defaultValue = "30") int atomsPerHundred) {
    this.isAutomatic = isAutomatic;
    this.threshold = Math.clamp(threshold, 5, 100);
    this.lookbackHours = Math.clamp(lookbackHours, 1, 168);
    this.batchSize = Math.clamp(batchSize, 10, 200);
    this.atomsPerHundred = Math.clamp(atomsPerHundred, 1, 100);
  }

  boolean isAutomatic() {
    return isAutomatic;
  }

  public int threshold() {
    return threshold;
  }

  Duration lookback() {
    return Duration.ofHours(lookbackHours);
  }

  int batchSize() {
    return batchSize;
  }

  /** The maximum number of atoms of a batch. */
  int maxAtoms(int messages) {
    return Math.max(MIN_ATOMS, messages * atomsPerHundred / 100);
  }
}
