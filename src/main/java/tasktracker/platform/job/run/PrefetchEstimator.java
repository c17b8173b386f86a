package tasktracker.platform.job.run;

import java.time.Duration;

/**
 * Decides how many jobs of a kind to prefetch, by an exponential moving average of their durations. An outlier has little
 * weight after some 20 jobs. Nothing is prefetched before there are enough samples. Thread-safe.
 */
public final class PrefetchEstimator {

  /** Prefetched jobs should start within this time; more of them would only be withheld from other nodes. */
  private static final double TARGET_NS = Duration.ofMillis(150).toNanos();
  private static final double SMOOTHING = 0.1;
  private static final int MIN_SAMPLES = 10;
  public static final int MAX_PREFETCH = 200;

  private double meanNs;
  private int samples;

  public synchronized void record(long durationNs) {
    meanNs += (samples == 0 ? 1 : SMOOTHING) * (durationNs - meanNs);
    samples = Math.min(MIN_SAMPLES, samples + 1);
  }

  /** How many jobs to claim beyond those that are running. */
  public synchronized int prefetchCount(int concurrency) {
    return samples < MIN_SAMPLES ? 0 : (int) Math.min(MAX_PREFETCH, concurrency * TARGET_NS / Math.max(1, meanNs));
  }
}
