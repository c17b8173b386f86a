package tasktracker.platform.outbound;

import java.time.Duration;

/**
 * Limits of one request.
 *
 * @param total time from the start of the request to the last byte of the response
 * @param bodyBytes bytes of the response's body, decompressed
 */
public record OutboundLimits(Duration total, long bodyBytes) {

  private static final long DEFAULT_BODY_BYTES = 4L << 20;

  /** With at most 4 MiB of body. */
  public static OutboundLimits ofTotal(Duration total) {
    return new OutboundLimits(total, DEFAULT_BODY_BYTES);
  }
}
