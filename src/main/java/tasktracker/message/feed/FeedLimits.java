package tasktracker.message.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.access.RequestAuthenticator;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.LocalizedMessage;

/**
 * Limits the cost of message lists. A filter may scan all messages, and a text of one or two characters always does,
 * because the trigram index cannot be used. A list therefore has the same timeout as a search, and a list that is
 * filtered by text counts as a search in the rate limit.
 */
@ApplicationScoped
public class FeedLimits {

  private final RateLimits limits;
  private final Identity identity;
  private final Duration time;

  /** @param milliseconds timeout of a list, the same as of a search */
  @Inject
  public FeedLimits(RateLimits limits, Identity identity,
      @ConfigProperty(name = "search.timeout.ms", defaultValue = "3000") int milliseconds) {
    this.limits = limits;
    this.identity = identity;
    this.time = Duration.ofMillis(milliseconds);
  }

  /**
   * The feed for one request with this filter.
   *
   * @throws tasktracker.platform.web.problem.Problem 429 when the caller exceeds the rate limit of searches
   */
  public Feed admit(Feed feed, MessageFilter filter) {
    if (filter.isSearch()) {
      limits.consume(RateLimits.Limit.SEARCH, RequestAuthenticator.keyOf(identity.required()));
    }
    return withTimeout(feed);
  }

  /** The feed with the timeout of a search, which starts now and covers all queries. */
  Feed withTimeout(Feed feed) {
    return feed.withDeadline(Deadline.after(time, LocalizedMessage.of("problem.feed.late")));
  }
}
