package tasktracker.summary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomFilter;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.llm.provider.ProviderItem;
import tasktracker.llm.provider.Providers;
import tasktracker.platform.data.Database;
import tasktracker.source.telegram.TelegramSetupStore;

/** The first steps of an installation, each from what is really there. */
@ApplicationScoped
public class StartSteps {

  private static final int MAX_PROVIDERS = 100;

  /** Where a step stands. */
  public enum State {
    DONE, NEXT, LOCKED;

    /** The end of the message key. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A step.
   *
   * @param name the end of the message keys: source, scored, provider, review
   * @param isOptional whether the start is complete without it
   */
  public record Step(String name, State state, boolean isOptional, String href) {

    public boolean done() {
      return state == State.DONE;
    }

    public boolean locked() {
      return state == State.LOCKED;
    }

    public String icon() {
      return done() ? "check" : locked() ? "lock" : "right";
    }
  }

  /**
   * All steps, in order.
   *
   * @param provider the provider whose state the third step shows; null when there is none but the built-in analyst
   */
  public record Steps(List<Step> all, @Nullable ProviderItem provider) {

    /** Whether nothing is left but what is optional. */
    public boolean complete() {
      return all.stream().allMatch(step -> step.done() || step.isOptional());
    }

    /** Whether the provider can be asked again. */
    public boolean failed() {
      return provider != null && provider.validationStatus().equals("error");
    }

    public long doneCount() {
      return all.stream().filter(Step::done).count();
    }
  }

  private final Database database;
  private final AtomStore atoms;
  private final Providers providers;
  private final TelegramSetupStore telegram;

  @Inject
  public StartSteps(Database database, AtomStore atoms, Providers providers, TelegramSetupStore telegram) {
    this.database = database;
    this.atoms = atoms;
    this.providers = providers;
    this.telegram = telegram;
  }

  /** The steps, with the state of the provider in this language. */
  public Steps steps(Locale locale) {
    boolean hasMessages = exists("select exists (select from message)");
    boolean isConnected = hasMessages || telegram.get().isRegistered();
    boolean isScored = hasMessages && exists("select exists (select from message where importance_score is not null)");
    boolean isReviewed = isScored && reviewed() > 0;
    ProviderItem provider = provider(locale).orElse(null);
    return new Steps(List.of(
        new Step("source", isConnected ? State.DONE : State.NEXT, false, "/ingestion"),
        new Step("scored", state(isScored, isConnected), false, "/noise-filtering"),
        new Step("provider", provider != null && provider.validationStatus().equals("connected") ? State.DONE : State.NEXT, true,
            "/providers"),
        new Step("review", state(isReviewed, isScored), false, "/atoms")), provider);
  }

  private boolean exists(String query) {
    return database.ask(sql -> sql.createQuery(query).mapTo(Boolean.class).one());
  }

  private static State state(boolean isDone, boolean isOpen) {
    return isDone ? State.DONE : isOpen ? State.NEXT : State.LOCKED;
  }

  private long reviewed() {
    return atoms.count(AtomFilter.ANY.withStatus("approved")) + atoms.count(AtomFilter.ANY.withStatus("rejected"));
  }

  /** A connected one, else the first that is switched on. */
  private Optional<ProviderItem> provider(Locale locale) {
    List<ProviderItem> remote = providers.list(true, MAX_PROVIDERS, 0, locale).stream().filter(p -> !p.builtIn()).toList();
    return remote.stream().filter(p -> p.validationStatus().equals("connected")).findFirst().or(() -> remote.stream().findFirst());
  }

  /** Whether the account does not want to see the steps on the overview. */
  public boolean isSkipped(UUID account) {
    return database.ask(sql -> sql.createQuery("select exists (select from start_page_skip where account_id = :id)")
        .bind("id", account).mapTo(Boolean.class).one());
  }

  /** Hides the steps of the overview from the account, or shows them again. */
  public void setSkipped(UUID account, boolean isSkipped) {
    database.run(sql -> sql.createUpdate(isSkipped
        ? "insert into start_page_skip (account_id) values (:id) on conflict do nothing"
        : "delete from start_page_skip where account_id = :id").bind("id", account).execute());
  }
}
