package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.RequestAuthenticator;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.LocalizedMessage;

/**
 * What bounds the reading of lists of messages. Filters may have to read through all messages, and a text of one or two
 * characters always has: the index of trigrams is of no use to it. So a list has the time of a search, and one that
 * looks for a text counts as a search.
 */
@ApplicationScoped
public class FeedLimits {

  private final RateLimits limits;
  private final Identity identity;
  private final Duration time;

  @SuppressWarnings("NullAway")
  protected FeedLimits() {
    this(null, null, 0); // for the container's proxy
  }

  /** @param milliseconds after which a list is given up, as a search is */
  @Inject
  public FeedLimits(RateLimits limits, Identity identity, @ConfigProperty(name = "search.timeout.ms", defaultValue = "3000") int milliseconds) {
    this.limits = limits;
    this.identity = identity;
    this.time = Duration.ofMillis(milliseconds);
  }

  /**
   * The feed for one request with this filter.
   *
   * @throws tasktracker.platform.web.Problem 429 when the caller has searched too often
   */
  Feed admit(Feed feed, MessageFilter filter) {
    if (filter.isSearch()) {
      limits.consume(RateLimits.Limit.SEARCH, RequestAuthenticator.keyOf(identity.required()));
    }
    return timed(feed);
  }

  /** The feed with the time of a search from now on, for all that it is asked. */
  Feed timed(Feed feed) {
    return feed.within(Deadline.after(time, LocalizedMessage.of("problem.feed.late")));
  }
}
