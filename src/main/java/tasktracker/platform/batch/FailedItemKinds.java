package tasktracker.platform.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.template.PageVariables;
import tasktracker.platform.web.template.Translations;

/** The kinds of failed items that have a {@link FailedItemHandler}, and the translation keys of pages that show them. */
@ApplicationScoped
public class FailedItemKinds implements PageVariables {

  /** The variable of templates that holds this. */
  public static final String VARIABLE = "failed_item_kinds";
  private static final String UNKNOWN = "other";

  private final Set<String> kinds;

  @Inject
  public FailedItemKinds(@Any Instance<FailedItemHandler> handlers) {
    this(handlers.stream().map(FailedItemHandler::failedKind).collect(Collectors.toSet()));
  }

  public FailedItemKinds(Collection<String> kinds) {
    this.kinds = Set.copyOf(kinds);
  }

  /**
   * Checks that each kind is translated.
   *
   * @throws java.util.MissingResourceException when it is not; the server then does not start
   */
  void check(@Observes Startup event, Translations translations) {
    for (String language : Preferences.LANGUAGES) {
      for (String kind : kinds) {
        translations.of(Locale.of(language), nameKey(kind), kind);
        translations.of(Locale.of(language), messageKey(kind), kind);
      }
    }
  }

  /** Key of the name of the work. A kind without a handler, such as one of a later release after a rollback, gets a general name. */
  public String nameKey(String kind) {
    return "jobs.failed.kind." + known(kind);
  }

  /** Key of the sentence that says what failed for a message. */
  public String messageKey(String kind) {
    return "jobs.failed.said." + known(kind);
  }

  private String known(String kind) {
    return kinds.contains(kind) ? kind : UNKNOWN;
  }

  @Override
  public void addTo(Map<String, Object> model) {
    model.put(VARIABLE, this);
  }
}
